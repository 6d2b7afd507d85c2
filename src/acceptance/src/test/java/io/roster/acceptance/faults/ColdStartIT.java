package io.roster.acceptance.faults;

import java.nio.file.Path;
import java.util.List;

import io.roster.ensemble.LocalEnsemble;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A consumer that starts while the ensemble is away, with the lists of its last run.
 */
@Tag("faults")
class ColdStartIT {

	@TempDir
	Path folder;

	@Test
	void aConsumerStartsWithItsSnapshotWhileTheEnsembleIsAway() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1); Scene scene = new Scene(this.folder)) {
			String classPath = ClassPaths.withRoster(this.folder);
			String snapshot = "roster.discovery.snapshot-file=" + this.folder.resolve("snapshot.json");
			List<Provider> providers = List.of(scene.launchProvider(classPath, ensemble.connectString()),
					scene.launchProvider(classPath, ensemble.connectString()));
			Consumer before = scene.launchConsumer(classPath, ensemble.connectString(), snapshot);
			providers.forEach((each) -> each.process().awaitReady());
			before.process().awaitReady();
			before.awaitInstances(providers);
			before.process().stop();
			ensemble.stop(1);
			Consumer after = scene.launchConsumer(classPath, ensemble.connectString(), snapshot);
			after.process().awaitReady();
			after.awaitInstances(providers);
			Scene.assertNoneFails("a consumer starts without the ensemble", after, () -> {
				after.awaitOutcomes(200);
				ensemble.start(1, false);
				Awaitility.await("the ensemble").atMost(Consumer.BOUND).until(() -> after.session() != 0);
				after.awaitInstances(providers);
			});
		}
	}

}
