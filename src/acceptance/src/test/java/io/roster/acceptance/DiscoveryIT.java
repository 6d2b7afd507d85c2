package io.roster.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Services that come and go under load, each a process of its own: the consumer's clients
 * do not notice.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DiscoveryIT {

	private final List<AutoCloseable> running = new ArrayList<>();

	private LocalEnsemble ensemble;

	private RunningApplication consumer;

	private Path folder;

	@BeforeAll
	void start(@TempDir Path temporary) {
		this.folder = temporary;
		this.ensemble = LocalEnsemble.start(1);
		RunningApplication first = launchBikesvc();
		RunningApplication second = launchBikesvc();
		this.consumer = track(
				RunningApplication.launch("demo-consumer", FreePorts.next(), this.folder, connectString()));
		first.awaitReady();
		second.awaitReady();
		this.consumer.awaitReady();
		awaitInstances(2);
	}

	@AfterAll
	void stop() throws Exception {
		for (AutoCloseable each : this.running) {
			each.close();
		}
		this.ensemble.close();
	}

	@Test
	void noRequestFailsWhenAnInstanceJoinsAndAnotherIsStopped() {
		try (Load load = Load.on(this.consumer.uri("/rides"), 4)) {
			load.awaitAnswers(50);
			RunningApplication third = launchBikesvc().awaitReady();
			awaitInstances(3);
			load.awaitAnswers(200);
			third.stop();
			awaitInstances(2);
			load.awaitAnswers(200);
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void requestsAreSpreadEvenly() {
		Map<String, Integer> served = new TreeMap<>();
		for (int i = 0; i < 100; i++) {
			String by = Http.get(this.consumer.uri("/rides")).json().path("servedBy").asString();
			served.merge(by, 1, Integer::sum);
		}
		assertThat(served).hasSize(2);
		assertThat(served.values()).allSatisfy((count) -> assertThat(count).isBetween(45, 55));
	}

	@Test
	void anInstanceThatIsKilledCostsNoRequestAfterItsEnd() {
		RunningApplication third = launchBikesvc().awaitReady();
		awaitInstances(3);
		third.kill();
		try (Load load = Load.on(this.consumer.uri("/rides"), 4)) {
			load.awaitAnswers(200);
			awaitInstances(2);
			load.awaitAnswers(100);
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void anOutageOfTheEnsembleEmptiesNothing() {
		this.ensemble.stop(1);
		Awaitility.await("staleness").atMost(Duration.ofSeconds(30)).until(() -> servers().path("stale").asBoolean());
		try (Load load = Load.on(this.consumer.uri("/rides"), 4)) {
			load.awaitAnswers(100);
			assertThat(load.failures()).isEmpty();
		}
		assertThat(servers().path("instances")).hasSize(2);
		this.ensemble.start(1, false);
		Awaitility.await("freshness").atMost(Duration.ofSeconds(60)).until(() -> !servers().path("stale").asBoolean());
		awaitInstances(2);
	}

	private RunningApplication launchBikesvc() {
		return track(RunningApplication.launch("demo-bikesvc", FreePorts.next(), this.folder, connectString()));
	}

	private void awaitInstances(int expected) {
		Awaitility.await(expected + " instances")
			.atMost(Duration.ofSeconds(30))
			.until(() -> servers().path("instances").size() == expected);
	}

	private JsonNode servers() {
		return Http.get(this.consumer.uri("/servers")).json();
	}

	private String connectString() {
		return "spring.cloud.zookeeper.connect-string=" + this.ensemble.connectString();
	}

	private RunningApplication track(RunningApplication application) {
		this.running.add(application);
		return application;
	}

}
