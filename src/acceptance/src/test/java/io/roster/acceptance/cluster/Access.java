package io.roster.acceptance.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import io.fabric8.kubernetes.client.LocalPortForward;

/**
 * The credentials that the chart made, and calls to its services with them, through a
 * port that is forwarded.
 */
final class Access {

	private final Cluster cluster;

	private final Map<String, String> keys;

	private final Map<String, String> logins;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private Access(Cluster cluster, Map<String, String> keys, Map<String, String> logins) {
		this.cluster = cluster;
		this.keys = keys;
		this.logins = logins;
	}

	static Access of(Cluster cluster) {
		return new Access(cluster, secret(cluster, "operator"), secret(cluster, "client-password"));
	}

	private static Map<String, String> secret(Cluster cluster, String known) {
		return cluster.secrets()
			.values()
			.stream()
			.filter((data) -> data.containsKey(known))
			.findFirst()
			.orElse(Map.of());
	}

	/** Whether the chart made credentials at all. */
	boolean exists() {
		return !this.keys.isEmpty() && !this.logins.isEmpty();
	}

	/** The API key of a role, empty where there is none. */
	String key(String role) {
		return decoded(this.keys, role);
	}

	/**
	 * What ZooKeeper is told by an application that is not Roster's own, empty for
	 * nothing.
	 */
	String clientLogin() {
		return this.logins.isEmpty() ? ""
				: decoded(this.logins, "client-username") + ":" + decoded(this.logins, "client-password");
	}

	private static String decoded(Map<String, String> data, String key) {
		return new String(Base64.getDecoder().decode(data.getOrDefault(key, "")), StandardCharsets.UTF_8);
	}

	/**
	 * The status of an answer.
	 * @param service the Service
	 * @param port its port
	 * @param path what is read
	 * @param key the API key, empty for none
	 */
	int get(String service, int port, String path, String key) {
		return send(service, port, path, key, HttpRequest.newBuilder().GET());
	}

	/** The status of the answer to an acquire. */
	int acquire(String key) {
		return send("lock-service", 8770, "/api/v1/locks/cluster-test-access/leases/" + UUID.randomUUID(), key,
				HttpRequest.newBuilder()
					.header("Content-Type", "application/json")
					.PUT(BodyPublishers.ofString("{\"owner\":\"test\",\"ttl\":\"1s\",\"wait\":\"10s\"}")));
	}

	private int send(String service, int port, String path, String key, HttpRequest.Builder request) {
		try (LocalPortForward forward = this.cluster.client()
			.services()
			.inNamespace(this.cluster.namespace())
			.withName(service)
			.portForward(port)) {
			request.uri(URI.create("http://127.0.0.1:" + forward.getLocalPort() + path))
				.timeout(Duration.ofSeconds(30));
			if (!key.isEmpty()) {
				request.header("Authorization", "Bearer " + key);
			}
			return this.http.send(request.build(), BodyHandlers.ofString()).statusCode();
		}
		catch (IOException ex) {
			throw new IllegalStateException(service + path + ": " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
