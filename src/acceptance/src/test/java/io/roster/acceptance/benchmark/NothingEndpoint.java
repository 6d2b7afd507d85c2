package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Does nothing but answer with the bytes of a file: what an endpoint of the same
 * application can reach at best.
 */
@AutoConfiguration
@RestController
public class NothingEndpoint {

	private static final String IMPORTS = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

	private final Path folder;

	private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

	NothingEndpoint(@Value("${nothing.folder}") Path folder) {
		this.folder = folder;
	}

	/**
	 * Puts the endpoint alone into a folder that an application takes classes from.
	 * @param folder a folder
	 * @return the folder
	 */
	static Path copyTo(Path folder) {
		String name = NothingEndpoint.class.getName().replace('.', '/') + ".class";
		try (InputStream code = NothingEndpoint.class.getClassLoader().getResourceAsStream(name)) {
			Files.createDirectories(folder.resolve(name).getParent());
			Files.copy(code, folder.resolve(name));
			Files.createDirectories(folder.resolve(IMPORTS).getParent());
			Files.writeString(folder.resolve(IMPORTS), NothingEndpoint.class.getName());
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@GetMapping(path = "/nothing/{file}", produces = MediaType.APPLICATION_JSON_VALUE)
	byte[] answer(@PathVariable String file) {
		return this.answers.computeIfAbsent(file, this::read);
	}

	private byte[] read(String file) {
		try {
			return Files.readAllBytes(this.folder.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
