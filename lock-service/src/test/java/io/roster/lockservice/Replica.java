package io.roster.lockservice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.roster.locks.client.LockClient;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One replica of the lock service, started for real on a free port, with the calls that a
 * client without a library makes.
 */
final class Replica implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private final URI url;

	private Replica(ConfigurableApplicationContext context) {
		this.context = context;
		this.url = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
	}

	static Replica start(String connectString, String... properties) {
		Stream<String> arguments = Stream.concat(
				Stream.of("server.port=0", "spring.cloud.zookeeper.connect-string=" + connectString),
				Stream.of(properties));
		return new Replica(SpringApplication.run(LockServiceApplication.class,
				arguments.map((property) -> "--" + property).toArray(String[]::new)));
	}

	/**
	 * Waits until this replica follows the ensemble.
	 */
	Replica awaitReady() {
		Awaitility.await("readiness")
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> get("/actuator/health/readiness").status() == 200);
		return this;
	}

	URI url() {
		return this.url;
	}

	LockClient client(String owner) {
		return LockClient.builder().url(this.url).owner(owner).build();
	}

	static String lease(String lock, UUID lease) {
		return "/api/v1/locks/" + lock + "/leases/" + lease;
	}

	Answer acquire(String lock, UUID lease, String ttl, String wait) {
		return put(lease(lock, lease), body(ttl, wait));
	}

	CompletableFuture<Answer> acquireLater(String lock, UUID lease, String ttl, String wait) {
		return sendLater(request(lease(lock, lease)).PUT(BodyPublishers.ofString(body(ttl, wait))));
	}

	CompletableFuture<Answer> sendLater(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::of);
	}

	static String body(String ttl, String wait) {
		return "{\"owner\":\"test\",\"ttl\":\"%s\",\"wait\":\"%s\"}".formatted(ttl, wait);
	}

	Answer renew(String lock, UUID lease) {
		return post(lease(lock, lease) + "/renew", "");
	}

	Answer find(String lock, UUID lease) {
		return get(lease(lock, lease));
	}

	Answer release(String lock, UUID lease) {
		return send(request(lease(lock, lease)).DELETE());
	}

	Answer queue(String lock) {
		return get("/api/v1/locks/" + lock);
	}

	Answer get(String path) {
		return send(request(path));
	}

	Answer put(String path, String body) {
		return send(request(path).PUT(BodyPublishers.ofString(body)));
	}

	Answer post(String path, String body) {
		return send(request(path).POST(BodyPublishers.ofString(body)));
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path)).header("Content-Type", "application/json");
	}

	Answer send(HttpRequest.Builder request) {
		try {
			return Answer.of(this.http.send(request.build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	ApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	record Answer(int status, HttpHeaders headers, String text) {

		static Answer of(HttpResponse<String> response) {
			return new Answer(response.statusCode(), response.headers(), response.body());
		}

		JsonNode json() {
			return JSON.readTree(this.text);
		}

		String field(String name) {
			return json().path(name).asString("");
		}

		String header(String name) {
			return this.headers.firstValue(name).orElse("");
		}

	}

}
