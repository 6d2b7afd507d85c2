package io.roster.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the applications whether they answer. */
final class HttpProbe {

	private static final Duration BOUND = Duration.ofSeconds(2);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(BOUND)
		.build();

	/** Whether the health endpoint says UP. */
	boolean isHealthy(int port) throws InterruptedException {
		return "UP".equals(get(port, "/actuator/health").path("status").asString(""));
	}

	/** How many instances of a service the consumer would send requests to. */
	long instancesSeenByConsumer(int port, String service) throws InterruptedException {
		return get(port, "/servers").path("instances")
			.valueStream()
			.filter((instance) -> service.equals(instance.path("name").asString("")))
			.filter((instance) -> "UP".equals(instance.path("status").asString("")))
			.count();
	}

	/** The JSON of a good answer; a missing node instead of any other answer, or none. */
	private JsonNode get(int port, String path) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(BOUND)
			.build();
		try {
			HttpResponse<byte[]> response = this.http.send(request, BodyHandlers.ofByteArray());
			return (response.statusCode() == 200) ? JSON.readTree(response.body()) : JSON.missingNode();
		}
		catch (IOException | JacksonException ex) {
			return JSON.missingNode();
		}
	}

}
