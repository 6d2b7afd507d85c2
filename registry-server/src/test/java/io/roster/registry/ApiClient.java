package io.roster.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls a registry server as any program would.
 */
final class ApiClient {

	private static final JsonMapper json = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	ApiClient(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return this.http.send(request(path, headers).build(), BodyHandlers.ofString());
	}

	HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
		return this.http.send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
				BodyHandlers.ofString());
	}

	HttpResponse<String> send(String method, String path, String body, String... headers)
			throws IOException, InterruptedException {
		return this.http.send(request(path, headers).header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> getLater(String path) {
		return this.http.sendAsync(request(path).build(), BodyHandlers.ofString());
	}

	JsonNode json(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
		return json(response);
	}

	EventReader stream(String path, String... headers) throws IOException, InterruptedException {
		return EventReader.of(this.http.send(request(path, headers).build(), BodyHandlers.ofInputStream()));
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(20));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return request;
	}

	static JsonNode json(HttpResponse<String> response) {
		return json.readTree(response.body());
	}

	static JsonNode parse(String text) {
		return json.readTree(text);
	}

}
