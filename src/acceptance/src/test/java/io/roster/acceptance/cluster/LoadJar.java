package io.roster.acceptance.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.roster.acceptance.cluster.load.LoadProgram;
import io.roster.locks.Mode;
import io.roster.locks.client.LockClient;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load's program, and the libraries that ZooKeeper's image does not have, as one jar
 * of a few megabytes.
 */
final class LoadJar {

	private static final List<Class<?>> LIBRARIES = List.of(LockClient.class, Mode.class, JsonMapper.class,
			JsonParser.class, JsonProperty.class, Logger.class);

	private LoadJar() {
	}

	/**
	 * Makes the jar of what is on this JVM's class path.
	 * @return its bytes
	 */
	static byte[] bytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Set<String> names = new HashSet<>();
		try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
			add(jar, names, LoadProgram.class, "io/roster/acceptance/cluster/load/");
			for (Class<?> library : LIBRARIES) {
				add(jar, names, library, "");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void add(ZipOutputStream jar, Set<String> names, Class<?> type, String below) throws IOException {
		Path source = source(type);
		if (Files.isDirectory(source)) {
			addAll(jar, names, source, below);
			return;
		}
		try (FileSystem content = FileSystems.newFileSystem(URI.create("jar:" + source.toUri()), Map.of())) {
			addAll(jar, names, content.getPath("/"), below);
		}
	}

	private static void addAll(ZipOutputStream jar, Set<String> names, Path root, String below) throws IOException {
		try (Stream<Path> files = Files.walk(root.resolve(below))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = root.relativize(file).toString();
				boolean wanted = name.endsWith(".class") && !name.endsWith("module-info.class");
				if (wanted && names.add(name)) {
					jar.putNextEntry(new ZipEntry(name));
					try (InputStream content = Files.newInputStream(file)) {
						content.transferTo(jar);
					}
				}
			}
		}
	}

	private static Path source(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
