package io.roster.acceptance.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.roster.acceptance.application.TestApplication;

/**
 * The class path of the test application: its own classes and the libraries of
 * demo-consumer, which has all that a consumer needs.
 */
final class ClassPaths {

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
				Libraries.copy("demo-consumer", Files.createDirectories(folder.resolve("lib")), wanted);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return folder + File.pathSeparator + folder.resolve("lib/*");
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

}
