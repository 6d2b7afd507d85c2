package io.roster.acceptance.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks one address again and again, as a caller does that retries on a broken connection
 * and on an answer of 5xx.
 */
final class Gets extends Load {

	private static final Duration PACE = Duration.ofMillis(50);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(1))
		.build();

	private final HttpRequest request;

	private final Predicate<JsonNode> right;

	/**
	 * Asks an address.
	 * @param name the client's name
	 * @param uri the address
	 * @param key the API key, empty for none
	 * @param right what a right answer is
	 */
	Gets(String name, URI uri, String key, Predicate<JsonNode> right) {
		super(name);
		HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(6));
		if (!key.isEmpty()) {
			builder.header("Authorization", "Bearer " + key);
		}
		this.request = builder.build();
		this.right = right;
	}

	@Override
	void run(BooleanSupplier over) {
		while (!over.getAsBoolean()) {
			insist(this::get);
			pause(PACE);
		}
	}

	private @Nullable String get() {
		try {
			HttpResponse<String> response = this.http.send(this.request, BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				return this.request.uri() + ": " + response.statusCode() + " " + response.body();
			}
			boolean good = this.right.test(JSON.readTree(response.body()));
			return good ? null : this.request.uri() + ": " + response.body();
		}
		catch (IOException ex) {
			return this.request.uri() + ": " + ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

}
