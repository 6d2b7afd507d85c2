package io.roster.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.roster.acceptance.application.Outcomes;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances that go, in good order and by {@code kill -9}. Their answers take a while, so
 * that there are always requests in flight, half of them POST.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
class InstanceFaultsIT {

	private static final Logger log = LoggerFactory.getLogger(InstanceFaultsIT.class);

	private static final int PER_SECOND = 60;

	private static final int ANSWER_AFTER_MS = 60;

	/**
	 * The HTTP client of a machine that stalls takes a while to read that a connection
	 * has ended, and sends one more request over it.
	 */
	private static final int UNNOTICED_MS = 2_000;

	/** Longer than the default, again for a machine that stalls. */
	private static final String DRAIN_GRACE = "roster.discovery.drain-grace=3s";

	private final List<Provider> providers = new ArrayList<>();

	private LocalEnsemble ensemble;

	private Scene scene;

	private String classPath;

	private Consumer consumer;

	private String name;

	@BeforeAll
	void start(@TempDir Path folder) {
		this.ensemble = LocalEnsemble.start(1);
		this.scene = new Scene(folder);
		this.classPath = ClassPaths.withRoster(folder);
		this.consumer = this.scene.launchConsumer(this.classPath, this.ensemble.connectString());
		haveProviders(2);
		this.consumer.process().awaitReady();
	}

	@AfterAll
	void stop() throws IOException {
		this.scene.close();
		this.ensemble.close();
	}

	@BeforeEach
	void nameTheTest(TestInfo test) {
		this.name = test.getTestMethod().orElseThrow().getName();
	}

	@Test
	void anInstanceIsStopped() throws Exception {
		haveProviders(3);
		Outcomes outcomes = underLoad(this::stopTheOldest);
		assertThat(outcomes.failures()).isEmpty();
		assertThat(outcomes.answered()).isEqualTo(outcomes.sent());
	}

	@Test
	void sixInstancesAreRestartedOneAfterTheOther() throws Exception {
		haveProviders(6);
		List<Provider> before = List.copyOf(this.providers);
		Outcomes outcomes = underLoad(() -> {
			for (int i = 0; i < before.size(); i++) {
				stopTheOldest();
				haveProviders(before.size());
			}
		});
		assertThat(this.providers).doesNotContainAnyElementsOf(before);
		assertThat(outcomes.failures()).isEmpty();
		assertThat(outcomes.answered()).isEqualTo(outcomes.sent());
		assertThat(outcomes.servedBy()).hasSize(2 * before.size());
	}

	@Test
	@Tag("core")
	void aKilledInstanceFailsOnlyWhatWasInFlightAndNotIdempotent() throws Exception {
		haveProviders(3);
		Provider killed = this.providers.remove(0);
		long[] killing = new long[2];
		Outcomes outcomes = underLoad(() -> {
			killing[0] = System.currentTimeMillis();
			killed.process().kill();
			killing[1] = System.currentTimeMillis();
			this.consumer.awaitInstances(this.providers);
		});
		List<Outcomes.Failure> failures = outcomes.failures();
		log.info("{}: {} POST were in flight and failed, {} were begun before the end was noticed", this.name,
				failures.stream().filter((each) -> each.startedAt() <= killing[1]).count(),
				failures.stream().filter((each) -> each.startedAt() > killing[1]).count());
		assertThat(failures).allSatisfy((failure) -> {
			assertThat(failure.method()).isEqualTo("POST");
			assertThat(failure.startedAt()).isLessThanOrEqualTo(killing[1] + UNNOTICED_MS);
			assertThat(failure.endedAt()).isGreaterThanOrEqualTo(killing[0]);
		});
		assertThat(outcomes.answered() + outcomes.failures().size()).isEqualTo(outcomes.sent());
	}

	@Test
	void mostInstancesAreKilledAtOnce() throws Exception {
		haveProviders(5);
		List<Provider> killed = List.copyOf(this.providers.subList(0, 4));
		this.providers.removeAll(killed);
		Outcomes outcomes = Scene.underLoad(this.name, this.consumer, PER_SECOND, 0, 0, () -> {
			killed.forEach((each) -> each.process().kill());
			this.consumer.awaitInstances(this.providers);
		});
		assertThat(outcomes.failures()).isEmpty();
		assertThat(outcomes.answered()).isEqualTo(outcomes.sent());
	}

	private Outcomes underLoad(Scene.Fault fault) throws Exception {
		return Scene.underLoad(this.name, this.consumer, PER_SECOND, PER_SECOND, ANSWER_AFTER_MS, fault);
	}

	private void stopTheOldest() {
		this.providers.remove(0).process().stop();
		this.consumer.awaitInstances(this.providers);
	}

	private void haveProviders(int count) {
		while (this.providers.size() < count) {
			this.providers.add(this.scene.launchProvider(this.classPath, this.ensemble.connectString(), DRAIN_GRACE));
		}
		while (this.providers.size() > count) {
			stopTheOldest();
		}
		this.providers.forEach((each) -> each.process().awaitReady());
		this.consumer.process().awaitReady();
		this.consumer.awaitInstances(this.providers);
	}

}
