package io.roster.access;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service of {@link TestApplication}, started for real.
 */
final class TestService implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private final String url;

	private TestService(ConfigurableApplicationContext context) {
		this.context = context;
		this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
	}

	static TestService start(String... properties) {
		return listeningOn("127.0.0.1", properties);
	}

	static TestService listeningOn(String address, String... properties) {
		return new TestService(SpringApplication.run(TestApplication.class,
				Stream
					.concat(Stream.of("server.port=0", "server.address=" + address,
							"management.endpoints.web.exposure.include=health,info,metrics",
							"roster.access.max-body-size=1KB"), Stream.of(properties))
					.map((property) -> "--" + property)
					.toArray(String[]::new)));
	}

	HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
		return send("GET", path, token, BodyPublishers.noBody());
	}

	HttpResponse<String> post(String path, @Nullable String token) throws IOException, InterruptedException {
		return send("POST", path, token, BodyPublishers.noBody());
	}

	/** What a browser sends for a page. */
	HttpResponse<String> fromSite(String site) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(this.url + "/closed"))
			.timeout(Duration.ofSeconds(30))
			.header("Sec-Fetch-Site", site)
			.POST(BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
	}

	HttpResponse<String> send(String method, String path, @Nullable String token, BodyPublisher body)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/octet-stream")
			.method(method, body);
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

}
