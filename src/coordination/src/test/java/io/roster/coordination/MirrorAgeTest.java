package io.roster.coordination;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The age is how long ago the ensemble was heard of, also over a link that stalls. */
class MirrorAgeTest {

	private static LocalEnsemble ensemble;

	private final AtomicLong nanos = new AtomicLong(42);

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stop() {
		ensemble.close();
	}

	@Test
	void aSilentMirrorAsksAndTheAnswerEndsItsAge() throws Exception {
		ObservedHandles handles = new ObservedHandles(false);
		CoordinationOptions time = new CoordinationOptions(this.nanos::get, Duration.ofMillis(200));
		try (CuratorFramework client = handles.client(ensemble.connectString(), Duration.ofSeconds(10));
				Coordination coordination = Coordination.over(client, time)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/age", MirrorOptions.withData()));
			assertThat(mirror.age()).isZero();
			handles.requests().clear();
			this.nanos.addAndGet(Duration.ofMillis(199).toNanos());
			assertThat(mirror.age()).isEqualTo(Duration.ofMillis(199));
			this.nanos.addAndGet(Duration.ofMillis(1).toNanos());
			Expect.soon(() -> assertThat(mirror.age()).isZero());
			assertThat(handles.requests()).containsExactly("exists /age");
			coordination.ensurePath("/age/x").join();
			Expect.soon(() -> assertThat(mirror.snapshot().size()).isOne());
			assertThat(mirror.stale()).isFalse();
		}
	}

	@Test
	void aStalledLinkMakesTheMirrorStaleLongBeforeTheClientNotices() throws Exception {
		CoordinationOptions time = new CoordinationOptions(System::nanoTime, Duration.ofMillis(100));
		try (TcpProxy proxy = TcpProxy.to(ensemble.connectString());
				Coordination coordination = Coordination.connect(proxy.connectString(), Duration.ofSeconds(10), time)) {
			Mirror mirror = Expect.loaded(coordination.mirror("/stalled", MirrorOptions.withData()));
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			proxy.stall();
			Expect.within(Duration.ofSeconds(3), () -> assertThat(mirror.stale()).isTrue());
			assertThat(mirror.age()).isGreaterThan(Duration.ofMillis(300));
			assertThat(mirror.handle()).isNotNull();
			proxy.resume();
			Expect.within(Duration.ofSeconds(3), () -> assertThat(mirror.stale()).isFalse());
			assertThat(recorder.all(MirrorEvent.Disconnected.class)).isEmpty();
		}
	}

	@Test
	void aMirrorThatNeverHeardAnythingAgesFromItsOpening() {
		CoordinationOptions time = new CoordinationOptions(this.nanos::get, Duration.ofMillis(100));
		try (Coordination coordination = Coordination.connect("127.0.0.1:1", Duration.ofSeconds(10), time)) {
			Mirror mirror = coordination.mirror("/age", MirrorOptions.withData());
			this.nanos.addAndGet(Duration.ofSeconds(7).toNanos());
			assertThat(mirror.age()).isEqualTo(Duration.ofSeconds(7));
			assertThat(mirror.stale()).isTrue();
			assertThat(mirror.snapshot().loaded()).isFalse();
		}
	}

}
