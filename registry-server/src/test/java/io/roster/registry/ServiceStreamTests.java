package io.roster.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.roster.registry.EventReader.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ServiceStreamTests extends RegistryTest {

	@Test
	void tellsWhatComesChangesAndGoes() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/services/lively/stream")) {
			Event snapshot = reader.next("snapshot");
			assertThat(snapshot.data().get("instances")).isEmpty();
			String id = this.nodes.add("lively", 9001);
			Event added = reader.next("added");
			assertThat(added.data().get("id").asString()).isEqualTo(id);
			assertThat(added.data().get("port").asInt()).isEqualTo(9001);
			assertThat(added.id()).isNotEqualTo(snapshot.id());
			this.nodes.set(id, Nodes.instance("lively", 9001, "OUT_OF_SERVICE"));
			Event updated = reader.next("updated");
			assertThat(updated.data().get("status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(this.api.json("/api/v1/services/lively").get("revision").asString()).isEqualTo(updated.id());
			this.nodes.remove(id);
			assertThat(reader.next("removed").data().get("id").asString()).isEqualTo(id);
		}
	}

	@Test
	void whoHasTheRevisionGoesOnFromIt() throws Exception {
		this.nodes.add("resumed", 9001);
		String seen = awaitSnapshotOfOne("resumed").id();
		try (EventReader reader = this.api.stream("/api/v1/services/resumed/stream", "Last-Event-ID", seen)) {
			this.nodes.add("resumed", 9002);
			assertThat(reader.next("added").data().get("port").asInt()).isEqualTo(9002);
		}
	}

	@Test
	void whoHasAnUnknownRevisionGetsASnapshotAtOnce() throws Exception {
		this.nodes.add("lost", 9001);
		awaitSnapshotOfOne("lost");
		try (EventReader reader = this.api.stream("/api/v1/services/lost/stream", "Last-Event-ID", "123456789")) {
			assertThat(reader.next("snapshot").data().get("instances")).hasSize(1);
		}
	}

	@Test
	void allServicesComeInOneStream() throws Exception {
		this.nodes.add("one-of-all", 9001);
		awaitSnapshotOfOne("one-of-all");
		try (EventReader reader = this.api.stream("/api/v1/stream")) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> reader.unread()
					.anyMatch((event) -> event.name().equals("snapshot")
							&& event.data().get("name").asString().equals("one-of-all")));
			String id = this.nodes.add("another-of-all", 9002);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> reader.unread()
					.anyMatch((event) -> event.name().equals("added") && event.data().get("id").asString().equals(id)));
		}
	}

	@Test
	void moreServicesThanTheBufferHasRoomForAreNoReasonToCutAReaderOff() throws Exception {
		for (int i = 0; i < 150; i++) {
			this.nodes.add("one-of-many-" + i + "-", 9001);
		}
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.api.json("/api/v1/services").get("services").size() >= 150);
		try (EventReader reader = this.api.stream("/api/v1/stream")) {
			await().atMost(Duration.ofSeconds(30))
				.until(() -> reader.unread().filter((event) -> event.name().equals("snapshot")).count() >= 150);
			String id = this.nodes.add("one-more-", 9002);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> reader.unread()
					.anyMatch((event) -> event.name().equals("added") && event.data().get("id").asString().equals(id)));
		}
	}

	@Test
	void saysThatItIsAliveWhileNothingHappens() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/services/still/stream")) {
			assertThat(reader.nextOfAll().name()).isEqualTo("heartbeat");
			assertThat(reader.nextOfAll().name()).isEqualTo("snapshot");
			Event heartbeat = reader.nextOfAll();
			assertThat(heartbeat.name()).isEqualTo("heartbeat");
			assertThat(heartbeat.id()).isEmpty();
			assertThat(heartbeat.data().get("stale").asBoolean()).isFalse();
		}
	}

	@Test
	void aReaderThatDoesNotReadIsCutOffAndHoldsUpNobody() throws Exception {
		String id = this.nodes.add("stuck", 9001);
		awaitSnapshotOfOne("stuck");
		try (Socket slow = new Socket(); EventReader fast = this.api.stream("/api/v1/services/stuck/stream")) {
			slow.setReceiveBufferSize(4096);
			slow.setSoTimeout(15_000);
			slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
			slow.getOutputStream()
				.write("GET /api/v1/services/stuck/stream HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			fast.next("snapshot");
			String padding = "x".repeat(100_000);
			for (int port = 1; port <= 250; port++) {
				this.nodes.set(id, Nodes.instance("stuck", port, "UP").replace("\"a\"", '"' + padding + '"'));
				assertThat(fast.next("updated").data().get("port").asInt()).isEqualTo(port);
			}
			assertThat(events(slow)).contains("snapshot").endsWith("overflow");
		}
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

	private Event awaitSnapshotOfOne(String service) throws Exception {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.api.json("/api/v1/services/" + service).get("instances")).hasSize(1));
		try (EventReader reader = this.api.stream("/api/v1/services/" + service + "/stream")) {
			return reader.next("snapshot");
		}
	}

}
