package io.roster.acceptance.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.roster.acceptance.Repository;
import io.roster.acceptance.application.TestApplication;

/**
 * The class path of the test application: its own classes and the libraries of
 * demo-consumer, which has all that a consumer needs.
 */
final class ClassPaths {

	private static final String LIBRARIES = "BOOT-INF/lib/";

	private ClassPaths() {
	}

	/** With Roster's starter and its libraries. */
	static String withRoster(Path folder) {
		return classPath(folder.resolve("with-roster"), (library) -> true);
	}

	/** What spring-cloud-starter-zookeeper-discovery brings, and nothing of Roster. */
	static String withoutRoster(Path folder) {
		return classPath(folder.resolve("without-roster"), (library) -> !library.startsWith("roster-"));
	}

	private static String classPath(Path folder, Predicate<String> wanted) {
		try {
			if (!Files.exists(folder)) {
				copyClasses(Files.createDirectories(folder));
				copyLibraries(Files.createDirectories(folder.resolve("lib")), wanted);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return folder + java.io.File.pathSeparator + folder.resolve("lib/*");
	}

	private static void copyClasses(Path folder) throws IOException {
		Path classes = testClasses();
		String applicationPackage = TestApplication.class.getPackageName().replace('.', '/');
		Path target = Files.createDirectories(folder.resolve(applicationPackage));
		try (Stream<Path> files = Files.list(classes.resolve(applicationPackage))) {
			for (Path file : files.toList()) {
				Files.copy(file, target.resolve(file.getFileName()));
			}
		}
	}

	private static Path testClasses() {
		try {
			return Path.of(TestApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void copyLibraries(Path folder, Predicate<String> wanted) throws IOException {
		try (ZipFile jar = new ZipFile(Repository.jar("demo-consumer").toFile())) {
			List<? extends ZipEntry> libraries = jar.stream()
				.filter((entry) -> entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar"))
				.filter((entry) -> wanted.test(entry.getName().substring(LIBRARIES.length())))
				.toList();
			for (ZipEntry library : libraries) {
				try (InputStream content = jar.getInputStream(library)) {
					Files.copy(content, folder.resolve(library.getName().substring(LIBRARIES.length())));
				}
			}
		}
	}

}
