package io.roster.acceptance.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.roster.acceptance.Repository;

/**
 * The libraries in an application's executable jar.
 */
final class Libraries {

	private static final String PLACE = "BOOT-INF/lib/";

	private Libraries() {
	}

	/**
	 * Copies some of them.
	 * @param module the application's module
	 * @param folder where they go
	 * @param wanted tells by a jar's name whether it is wanted
	 */
	static void copy(String module, Path folder, Predicate<String> wanted) throws IOException {
		try (ZipFile application = new ZipFile(Repository.jar(module).toFile())) {
			List<? extends ZipEntry> libraries = application.stream()
				.filter((entry) -> entry.getName().startsWith(PLACE) && entry.getName().endsWith(".jar"))
				.filter((entry) -> wanted.test(name(entry)))
				.toList();
			for (ZipEntry library : libraries) {
				try (InputStream content = application.getInputStream(library)) {
					Files.copy(content, folder.resolve(name(library)));
				}
			}
		}
	}

	private static String name(ZipEntry library) {
		return library.getName().substring(PLACE.length());
	}

}
