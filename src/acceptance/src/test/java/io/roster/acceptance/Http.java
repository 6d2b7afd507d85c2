package io.roster.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plain HTTP, as any program would speak it: nothing of the product's own clients.
 */
public final class Http {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private Http() {
	}

	public static Answer get(URI uri) {
		return send(HttpRequest.newBuilder(uri).GET());
	}

	public static Answer put(URI uri, String json) {
		return send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofString(json)));
	}

	public static Answer post(URI uri, String json) {
		return send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	public static Answer delete(URI uri) {
		return send(HttpRequest.newBuilder(uri).DELETE());
	}

	private static Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(),
					BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			return new Answer(0, String.valueOf(ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * An answer.
	 *
	 * @param status the status code, 0 where no answer came
	 * @param body the body, or what went wrong
	 */
	public record Answer(int status, String body) {

		public boolean is(int expected) {
			return this.status == expected;
		}

		public JsonNode json() {
			return JSON.readTree(this.body);
		}

	}

}
