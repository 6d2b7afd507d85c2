package io.roster.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checkout that is tested, and what the build has left in it.
 */
public final class Repository {

	private Repository() {
	}

	/**
	 * The folder of the root pom.
	 * @return an absolute path
	 */
	public static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (folder != null) {
			if (Files.isDirectory(folder.resolve("registry-server")) && Files.exists(folder.resolve("mvnw"))) {
				return folder;
			}
			folder = folder.getParent();
		}
		throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
	}

	/**
	 * The one executable jar of a module.
	 * @param module the module's folder, such as {@code registry-server}
	 * @return the jar
	 */
	public static Path jar(String module) {
		Path target = root().resolve(module).resolve("target");
		try (Stream<Path> files = Files.list(target)) {
			List<Path> jars = files.filter((file) -> file.getFileName().toString().endsWith(".jar")).toList();
			if (jars.size() != 1) {
				throw new IllegalStateException(target + " should hold one jar, and holds " + jars);
			}
			return jars.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("build first: ./mvnw package", ex);
		}
	}

}
