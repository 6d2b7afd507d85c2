package io.roster.registry.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Calls the lock service in somebody's name. Calls block, up to the bound of the
 * properties.
 */
@Component
@EnableConfigurationProperties(ConsoleProperties.class)
class LockService {

	private static final Duration CONNECT = Duration.ofSeconds(2);

	private final ConsoleProperties properties;

	private final JsonMapper json;

	/** One that follows no redirect: credentials go where the property says. */
	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(CONNECT)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	LockService(ConsoleProperties properties, JsonMapper json) {
		this.properties = properties;
		this.json = json;
	}

	/**
	 * Makes a call.
	 * @param method of HTTP
	 * @param path below {@code /api/v1}, encoded
	 * @param body JSON, if there is one
	 * @param authorization the caller's {@code Authorization}, if he has one
	 * @return the answer, whatever its status is
	 * @throws LockServiceException there is none
	 */
	HttpResponse<byte[]> call(String method, String path, byte @Nullable [] body, @Nullable String authorization) {
		HttpRequest.Builder request = request(path, authorization);
		if (body != null) {
			request.header(HttpHeaders.CONTENT_TYPE, "application/json");
		}
		request.method(method,
				(body != null) ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody());
		long most = this.properties.lockServiceMaxAnswer().toBytes();
		return await(this.http.sendAsync(request.build(), (info) -> new BoundedBody(most)));
	}

	/**
	 * Reads something.
	 * @param path below {@code /api/v1}, encoded
	 * @param authorization the reader's {@code Authorization}, if he has one
	 * @return what it is
	 * @throws LockServiceException it cannot be read
	 */
	JsonNode read(String path, @Nullable String authorization) {
		HttpResponse<byte[]> response = call("GET", path, null, authorization);
		require(response.statusCode());
		try {
			return this.json.readTree(response.body());
		}
		catch (JacksonException ex) {
			throw new LockServiceException(LocksView.Trouble.FAILED, "What answers is no lock service.");
		}
	}

	/**
	 * Begins to read the stream of all queues.
	 * @param lines takes its lines
	 * @param authorization the reader's {@code Authorization}, if he has one
	 * @return ends it when it is cancelled
	 */
	CompletableFuture<HttpResponse<Void>> stream(Flow.Subscriber<String> lines, @Nullable String authorization) {
		HttpRequest request = request("/stream", authorization).header(HttpHeaders.ACCEPT, "text/event-stream").build();
		return this.http.sendAsync(request, BodyHandlers.fromLineSubscriber(lines));
	}

	private HttpRequest.Builder request(String path, @Nullable String authorization) {
		URI api = this.properties.api();
		if (api == null) {
			throw new LockServiceException(LocksView.Trouble.NONE, "roster.console.lock-service is empty.");
		}
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
			.timeout(this.properties.lockServiceTimeout());
		if (authorization != null) {
			request.header(HttpHeaders.AUTHORIZATION, authorization);
		}
		return request;
	}

	private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer) {
		try {
			return answer.get(this.properties.lockServiceTimeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw unreachable("The call was interrupted.");
		}
		catch (TimeoutException ex) {
			answer.cancel(true);
			throw unreachable("Nothing came within %d s.".formatted(this.properties.lockServiceTimeout().toSeconds()));
		}
		catch (ExecutionException ex) {
			throw unreachable((ex.getCause() instanceof IOException cause && cause.getMessage() != null)
					? cause.getMessage() + "." : "It cannot be reached.");
		}
	}

	private LockServiceException unreachable(String fact) {
		return new LockServiceException(LocksView.Trouble.UNREACHABLE,
				"No answer from %s: %s".formatted(this.properties.lockService(), fact));
	}

	private void require(int status) {
		if (status == 401 || status == 403) {
			throw new LockServiceException(LocksView.Trouble.REFUSED,
					"%s does not accept these credentials (%d).".formatted(this.properties.lockService(), status));
		}
		if (status != 200) {
			throw new LockServiceException(LocksView.Trouble.FAILED,
					"%s answers with status %d.".formatted(this.properties.lockService(), status));
		}
	}

}
