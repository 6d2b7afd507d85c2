package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application that does nothing but answer with given bytes: what a service on the
 * same web server can reach at best.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(NothingApplication.Answers.class)
class NothingApplication {

	/**
	 * Starts it.
	 * @param args command line properties; {@code bytes} is the folder of the answers
	 */
	public static void main(String[] args) {
		SpringApplication.run(NothingApplication.class, args);
	}

	@RestController
	static class Answers {

		private final byte[] few;

		private final byte[] many;

		Answers(@Value("${bytes}") Path folder) throws IOException {
			this.few = Files.readAllBytes(folder.resolve("few"));
			this.many = Files.readAllBytes(folder.resolve("many"));
		}

		/** As who waits for an application asks. */
		@GetMapping("/actuator/health/readiness")
		Map<String, String> ready() {
			return Map.of("status", "UP");
		}

		@GetMapping(path = "/bytes/{which}", produces = MediaType.APPLICATION_JSON_VALUE)
		byte[] bytes(@PathVariable String which) {
			return which.equals("few") ? this.few : this.many;
		}

	}

}
