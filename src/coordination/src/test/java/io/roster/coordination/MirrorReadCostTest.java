package io.roster.coordination;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The cost of a change does not depend on how many nodes there are. */
class MirrorReadCostTest {

	/** No heartbeats, so that every request is counted for what it is. */
	private static final CoordinationOptions SILENT = new CoordinationOptions(System::nanoTime, Duration.ofHours(1));

	private static final int NODES = 5_000;

	private static LocalEnsemble ensemble;

	private static CuratorFramework writer;

	private final ObservedHandles handles = new ObservedHandles(false);

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		writer = new ObservedHandles(false).client(ensemble.connectString(), Duration.ofSeconds(10));
		writer.create().forPath("/many");
		Expect.createMany(writer, "/many", 0, NODES);
	}

	@AfterAll
	static void stop() {
		writer.close();
		ensemble.close();
	}

	@Test
	void oneChangeAmongThousandsCostsOneReadAndADeletionNone() throws Exception {
		try (CuratorFramework client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, SILENT)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/many", MirrorOptions.withData()));
			List<String> requests = this.handles.requests();
			requests.clear();
			writer.create().forPath("/many/x", Expect.bytes("1"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/x")).isPresent());
			assertThat(requests).containsExactly("getData /many/x");
			writer.setData().forPath("/many/x", Expect.bytes("2"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/x").orElseThrow().data())
				.isEqualTo(Expect.bytes("2")));
			assertThat(requests).containsExactly("getData /many/x", "getData /many/x");
			requests.clear();
			writer.delete().forPath("/many/x");
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/x")).isEmpty());
			assertThat(requests).isEmpty();
			assertThat(mirror.snapshot().size()).isEqualTo(NODES);
		}
	}

	@Test
	void aDeletionDoesNotWaitForAReadOfTheSameNode() throws Exception {
		try (CuratorFramework client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, SILENT)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/many", MirrorOptions.withData()));
			writer.create().forPath("/many/z", Expect.bytes("1"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/z")).isPresent());
			this.handles.requests().clear();
			this.handles.holdReads();
			writer.setData().forPath("/many/z", Expect.bytes("2"));
			Expect.soon(() -> assertThat(this.handles.requests()).containsExactly("getData /many/z"));
			writer.delete().forPath("/many/z");
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/z")).isEmpty());
			this.handles.releaseReads();
			writer.create().forPath("/many/z", Expect.bytes("3"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/z").orElseThrow().data())
				.isEqualTo(Expect.bytes("3")));
			writer.delete().forPath("/many/z");
			Expect.soon(() -> assertThat(mirror.snapshot().size()).isEqualTo(NODES));
		}
	}

	@Test
	void aWriteWhoseDeletionHasComeTooIsNotRead() throws Exception {
		try (CuratorFramework client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, SILENT)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/many", MirrorOptions.withData()));
			writer.create().forPath("/many/w", Expect.bytes("1"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/many/w")).isPresent());
			CompletableFuture<Void> bothHaveCome = new CompletableFuture<>();
			Recorder recorder = new Recorder();
			mirror.subscribe((event) -> {
				recorder.onEvent(event);
				if (recorder.words().contains("+/many/gate")) {
					bothHaveCome.orTimeout(30, TimeUnit.SECONDS).join();
				}
			});
			writer.create().forPath("/many/gate");
			Expect.soon(() -> assertThat(recorder.words()).contains("+/many/gate"));
			this.handles.requests().clear();
			writer.transaction()
				.forOperations(writer.transactionOp().setData().forPath("/many/w", Expect.bytes("2")),
						writer.transactionOp().delete().forPath("/many/w"));
			// its answer follows the events
			client.getZookeeperClient().getZooKeeper().exists("/many", false);
			bothHaveCome.complete(null);
			Expect.soon(() -> assertThat(recorder.words()).endsWith("-/many/w"));
			assertThat(this.handles.requests()).isEmpty();
			writer.delete().forPath("/many/gate");
			Expect.soon(() -> assertThat(mirror.snapshot().size()).isEqualTo(NODES));
		}
	}

	@Test
	void aMirrorOfNamesReadsNothingForAnyChange() throws Exception {
		try (CuratorFramework client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, SILENT)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/many", MirrorOptions.namesOnly()));
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			this.handles.requests().clear();
			writer.create().forPath("/many/y", Expect.bytes("1"));
			writer.setData().forPath("/many/y", Expect.bytes("2"));
			writer.delete().forPath("/many/y");
			Expect.soon(() -> assertThat(recorder.words()).endsWith("+/many/y", "~/many/y", "-/many/y"));
			assertThat(this.handles.requests()).isEmpty();
		}
	}

	@Test
	void theFirstSnapshotIsReadInBatches() throws Exception {
		try (CuratorFramework client = this.handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, SILENT)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/many", MirrorOptions.withData()));
			assertThat(mirror.snapshot().size()).isEqualTo(NODES);
			assertThat(mirror.snapshot().node("/many/n00777").orElseThrow().data()).isEqualTo(Expect.bytes("data777"));
			assertThat(this.handles.requests()).startsWith("addWatch /many", "sync /many", "getData /many", "multi")
				.hasSizeLessThan(NODES / 200);
		}
	}

}
