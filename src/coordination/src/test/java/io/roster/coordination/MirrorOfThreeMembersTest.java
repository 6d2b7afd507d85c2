package io.roster.coordination;

import java.time.Duration;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What one member has committed is in the mirror after a reconnect to another. */
class MirrorOfThreeMembersTest {

	private static final int ROUNDS = 3;

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(3);
	}

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@Test
	void aReconnectToAnotherMemberShowsAllThatWasWrittenBefore() throws Exception {
		int leader = ensemble.leaderId();
		try (TcpProxy proxy = TcpProxy.to(ensemble.connectString(leader));
				CuratorFramework writer = new ObservedHandles(false).client(ensemble.connectString(leader),
						Duration.ofSeconds(10));
				Coordination coordination = Coordination.connect(proxy.connectString(), Duration.ofSeconds(10))) {
			writer.create().forPath("/three");
			Mirror mirror = Expect.loaded(coordination.mirror("/three", MirrorOptions.withData()));
			for (int round = 0; round < ROUNDS; round++) {
				proxy.redirect(ensemble.connectString(ensemble.followerIds().get(round % 2)));
				proxy.cut();
				Expect.soon(() -> assertThat(mirror.stale()).isTrue());
				Expect.createMany(writer, "/three", round * 500, round * 500 + 500);
				String last = "/three/last" + round;
				writer.create().forPath(last);
				proxy.heal();
				Recorder recorder = new Recorder();
				mirror.subscribe(recorder);
				Expect.soon(() -> assertThat(recorder.all(MirrorEvent.Synced.class)).hasSize(2));
				Snapshot synced = recorder.all(MirrorEvent.Synced.class).get(1).snapshot();
				assertThat(synced.node(last)).isPresent();
				assertThat(synced.size()).isEqualTo((round + 1) * 501);
			}
		}
	}

	@Test
	void theLeaderStopsAndTheMirrorFollowsTheNextOne() throws Exception {
		try (Coordination coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
				CuratorFramework writer = new ObservedHandles(false).client(ensemble.connectString(),
						Duration.ofSeconds(10))) {
			writer.create().forPath("/election");
			Mirror mirror = Expect.loaded(coordination.mirror("/election", MirrorOptions.withData()));
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			int leader = ensemble.leaderId();
			ensemble.stop(leader);
			Expect.within(Duration.ofSeconds(30), () -> writer.create().orSetData().forPath("/election/after"));
			Expect.within(Duration.ofSeconds(30),
					() -> assertThat(mirror.snapshot().node("/election/after")).isPresent());
			assertThat(recorder.all(MirrorEvent.Synced.class)).allSatisfy((e) -> assertThat(e.rebuilt()).isFalse());
			ensemble.start(leader, false);
		}
	}

}
