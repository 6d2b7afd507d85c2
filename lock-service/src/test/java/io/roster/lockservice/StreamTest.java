package io.roster.lockservice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.EventReader.Event;
import io.roster.lockservice.Replica.Answer;
import io.roster.locks.AcquireRequest;
import io.roster.locks.LockQueues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The queues as server-sent events, to principals with roles.
 */
class StreamTest {

	private static final ApiKey billing = ApiKey.of("billing", "client");

	private static final ApiKey viewer = ApiKey.of("vic", "viewer");

	private static final ApiKey operator = ApiKey.of("ann", "operator");

	private static final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static LocalEnsemble ensemble;

	private static Replica replica;

	private final UUID lease = UUID.randomUUID();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		replica = startReplica();
	}

	private static Replica startReplica(String... more) {
		List<String> properties = new ArrayList<>(List.of(ApiKey.properties(billing, viewer, operator)));
		properties.addAll(List.of(more));
		return Replica.start(ensemble.connectString(), properties.toArray(String[]::new)).awaitReady();
	}

	@AfterAll
	static void stop() {
		replica.close();
		ensemble.close();
	}

	@Test
	void tellsWhoComesHoldsAndGoes() throws Exception {
		try (EventReader reader = open(billing, "/api/v1/locks/lively/stream")) {
			Event snapshot = reader.next("snapshot");
			assertThat(snapshot.data().path("name").asString()).isEqualTo("lively");
			assertThat(snapshot.data().path("revision").asString()).isEqualTo(snapshot.id());
			UUID second = UUID.randomUUID();
			String token = acquire("lively", this.lease, "0s").field("fencingToken");
			Event added = reader.next("added");
			assertThat(added.data().path("lease").asString()).isEqualTo(this.lease.toString());
			assertThat(added.data().path("state").asString()).isEqualTo("HELD");
			assertThat(added.data().path("fencingToken").asString()).isEqualTo(token);
			assertThat(added.id()).isNotEqualTo(snapshot.id());
			acquire("lively", second, "1ms");
			assertThat(reader.next("added").data().path("state").asString()).isEqualTo("WAITING");
			release("lively", this.lease);
			assertThat(reader.next("removed").data().path("lease").asString()).isEqualTo(this.lease.toString());
			Event updated = reader.next("updated");
			assertThat(updated.data().path("lease").asString()).isEqualTo(second.toString());
			assertThat(updated.data().path("state").asString()).isEqualTo("HELD");
			release("lively", second);
			reader.next("removed");
		}
	}

	@Test
	void whoHasTheRevisionGoesOnFromItAndAnyOtherGetsASnapshot() throws Exception {
		String first = "snapshot";
		// The ensemble may remove a lock that nobody uses in between, and what is still
		// being read for other readers makes it a snapshot too; but not each time.
		for (int round = 0; round < 20 && first.equals("snapshot"); round++) {
			UUID id = UUID.randomUUID();
			acquire("resumed", id, "0s");
			String revision = get("/api/v1/locks/resumed").field("revision");
			try (EventReader reader = open(billing, "/api/v1/locks/resumed/stream", "Last-Event-ID", revision);
					EventReader late = open(billing, "/api/v1/locks/resumed/stream", "Last-Event-ID", "1")) {
				assertThat(late.next("snapshot").data().path("holders")).hasSize(1);
				assertThat(reader.nextOfAll().name()).isEqualTo("heartbeat");
				release("resumed", id);
				first = reader.next().name();
				late.next("removed");
			}
		}
		assertThat(first).isEqualTo("removed");
	}

	@Test
	void allQueuesComeInOneStream() throws Exception {
		acquire("one-of-all", this.lease, "0s");
		try (EventReader reader = open(viewer, "/api/v1/stream")) {
			Event snapshot = reader.next("snapshot");
			assertThat(snapshot.data().path("locks").findValuesAsString("name")).contains("one-of-all");
			UUID second = UUID.randomUUID();
			acquire("another-of-all", second, "0s");
			assertThat(reader.next("added").data().path("lock").asString()).isEqualTo("another-of-all");
			release("one-of-all", this.lease);
			assertThat(reader.next("removed").data().path("lock").asString()).isEqualTo("one-of-all");
			release("another-of-all", second);
		}
	}

	@Test
	void othersSeeNothingToActWith() throws Exception {
		try (EventReader own = open(billing, "/api/v1/locks/hidden/stream");
				EventReader other = open(viewer, "/api/v1/locks/hidden/stream");
				EventReader all = open(operator, "/api/v1/locks/hidden/stream")) {
			own.next("snapshot");
			other.next("snapshot");
			all.next("snapshot");
			acquire("hidden", this.lease, "0s");
			release("hidden", this.lease);
			for (String name : List.of("added", "removed")) {
				for (EventReader reader : List.of(own, all)) {
					assertThat(reader.next(name).data().propertyNames()).contains("lease", "node", "fencingToken");
				}
				assertThat(other.next(name).data().propertyNames()).contains("owner", "state")
					.doesNotContain("lease", "node", "fencingToken");
			}
			UUID second = UUID.randomUUID();
			acquire("hidden", second, "0s");
			other.next("added");
			try (EventReader late = open(viewer, "/api/v1/locks/hidden/stream")) {
				assertThat(late.next("snapshot").data().path("holders").path(0).propertyNames()).contains("owner")
					.doesNotContain("lease", "node", "fencingToken");
			}
			release("hidden", second);
		}
	}

	@Test
	void aReaderThatDoesNotReadIsCutOffAndAStopEndsTheOthers() throws Exception {
		try (Replica small = startReplica("roster.stream.buffer=8", "roster.locks.max-owner-chars=60000");
				Socket slow = new Socket()) {
			slow.setReceiveBufferSize(4096);
			slow.setSoTimeout(30_000);
			slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), small.url().getPort()));
			slow.getOutputStream()
				.write("GET /api/v1/stream HTTP/1.0\r\nAuthorization: %s\r\n\r\n".formatted(viewer.header())
					.getBytes(StandardCharsets.US_ASCII));
			await().atMost(Duration.ofSeconds(30)).until(() -> openStreams(small) == 1);
			fill(small.bean(LockQueues.class));
			assertThat(events(slow)).contains("snapshot").endsWith("overflow");
			EventReader reader = EventReader.open(http, authorized(small, viewer, "/api/v1/locks/other/stream"));
			reader.next("snapshot");
			small.close();
			reader.awaitEnd();
		}
	}

	/** More than the buffers of two sockets, and of a stream, have room for. */
	private static void fill(LockQueues queues) throws Exception {
		String padding = "x".repeat(50_000);
		for (int part = 0; part < 10; part++) {
			List<CompletableFuture<?>> some = new ArrayList<>();
			for (int i = 0; i < 25; i++) {
				some.add(queues.acquire(AcquireRequest.exclusive("stuck-" + part + "-" + i, UUID.randomUUID(), padding,
						Duration.ofHours(20), Duration.ZERO)));
			}
			CompletableFuture.allOf(some.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void twoHundredReadersShareAFewThreads() throws Exception {
		List<EventReader> readers = new ArrayList<>();
		try {
			for (int i = 0; i < 200; i++) {
				readers.add(open(viewer, (i % 2 == 0) ? "/api/v1/stream" : "/api/v1/locks/popular/stream"));
			}
			for (EventReader reader : readers) {
				reader.next("snapshot");
			}
			for (int i = 0; i < 5; i++) {
				acquire("popular", this.lease, "0s");
				release("popular", this.lease);
			}
			for (EventReader reader : readers) {
				for (int i = 0; i < 5; i++) {
					reader.next("added");
					reader.next("removed");
				}
			}
			await().atMost(Duration.ofSeconds(30))
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.filter((thread) -> thread.getName().startsWith("stream-"))
					.count() < 20);
		}
		finally {
			readers.forEach(EventReader::close);
		}
	}

	@Test
	void aNameThatCannotBeIsRefused() {
		Answer refused = replica.send(authorized(replica, viewer, "/api/v1/locks/zookeeper%2Fx/stream").header("Accept",
				"text/event-stream"));
		assertThat(refused.status()).as(refused.text()).isEqualTo(400);
	}

	private static double openStreams(Replica replica) {
		return replica.bean(MeterRegistry.class).get("roster.streams.open").gauge().value();
	}

	private static EventReader open(ApiKey key, String path, String... headers) {
		HttpRequest.Builder request = authorized(replica, key, path);
		return EventReader.open(http, (headers.length > 0) ? request.headers(headers) : request);
	}

	private static HttpRequest.Builder authorized(Replica replica, ApiKey key, String path) {
		return replica.request(path).header("Authorization", key.header());
	}

	private static Answer get(String path) {
		return replica.send(authorized(replica, billing, path));
	}

	private static Answer acquire(String lock, UUID lease, String wait) {
		return replica.send(authorized(replica, billing, Replica.lease(lock, lease))
			.PUT(BodyPublishers.ofString(Replica.body("30s", wait))));
	}

	private static void release(String lock, UUID lease) {
		replica.send(authorized(replica, billing, Replica.lease(lock, lease)).DELETE());
	}

	/** Reads to the end, which must come. */
	private static List<String> events(Socket socket) throws IOException {
		List<String> events = new ArrayList<>();
		BufferedReader lines = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.startsWith("event:")) {
				events.add(line.substring("event:".length()).strip());
			}
		}
		return events;
	}

}
