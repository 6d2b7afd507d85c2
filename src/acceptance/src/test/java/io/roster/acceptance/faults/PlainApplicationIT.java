package io.roster.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.roster.acceptance.application.Outcomes;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One and the same application with spring-cloud-starter-zookeeper-discovery, as a
 * provider and as a consumer, started with Roster and without: the two find each other.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
class PlainApplicationIT {

	private LocalEnsemble ensemble;

	private Scene scene;

	private String plain;

	private Consumer consumer;

	private Consumer plainConsumer;

	private Provider provider;

	private Provider plainProvider;

	@BeforeAll
	void start(@TempDir Path folder) {
		this.ensemble = LocalEnsemble.start(1);
		this.scene = new Scene(folder);
		this.plain = ClassPaths.withoutRoster(folder);
		String withRoster = ClassPaths.withRoster(folder);
		String connectString = this.ensemble.connectString();
		this.plainProvider = this.scene.launchProvider(this.plain, connectString);
		this.provider = this.scene.launchProvider(withRoster, connectString, "roster.discovery.register-in=both");
		this.consumer = this.scene.launchConsumer(withRoster, connectString);
		this.plainProvider.process().awaitReady();
		this.provider.process().awaitReady();
		this.consumer.process().awaitReady();
		this.plainConsumer = this.scene.launchConsumer(this.plain, connectString);
		this.plainConsumer.process().awaitReady();
	}

	@AfterAll
	void stop() throws IOException {
		this.scene.close();
		this.ensemble.close();
	}

	@Test
	void consumersWithRosterFindBothOnceEach() throws Exception {
		this.consumer.awaitInstances(both());
		Outcomes outcomes = Scene.underLoad("a consumer with Roster", this.consumer,
				() -> this.consumer.awaitOutcomes(100));
		assertBothServe(outcomes);
	}

	@Test
	void plainConsumersFindBothOnceEach() throws Exception {
		this.plainConsumer.awaitInstances(both());
		Outcomes outcomes = Scene.underLoad("a plain consumer", this.plainConsumer,
				() -> this.plainConsumer.awaitOutcomes(100));
		assertBothServe(outcomes);
	}

	@Test
	void aPlainProviderComesAndGoesWithoutAFailedRequest() throws Exception {
		Scene.assertNoneFails("a plain provider comes and goes", this.consumer, () -> {
			Provider third = this.scene.launchProvider(this.plain, this.ensemble.connectString());
			third.process().awaitReady();
			List<Provider> three = new ArrayList<>(both());
			three.add(third);
			this.consumer.awaitInstances(three);
			third.process().stop();
			this.consumer.awaitInstances(both());
		});
	}

	private List<Provider> both() {
		return List.of(this.provider, this.plainProvider);
	}

	private void assertBothServe(Outcomes outcomes) {
		assertThat(outcomes.failures()).isEmpty();
		assertThat(outcomes.servedBy()).containsOnlyKeys(String.valueOf(this.provider.process().port()),
				String.valueOf(this.plainProvider.process().port()));
		assertThat(outcomes.servedBy().values()).allMatch((count) -> count > outcomes.sent() / 4);
	}

}
