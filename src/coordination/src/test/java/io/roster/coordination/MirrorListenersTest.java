package io.roster.coordination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who listens hears everything once, in order, whenever and from wherever it came. */
class MirrorListenersTest {

	private static final AtomicInteger ROOTS = new AtomicInteger();

	private static LocalEnsemble ensemble;

	private static Coordination coordination;

	private static CuratorFramework writer;

	private final String root = "/listeners" + ROOTS.incrementAndGet();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
		writer = new ObservedHandles(false).client(ensemble.connectString(), Duration.ofSeconds(10));
	}

	@AfterAll
	static void stop() {
		writer.close();
		coordination.close();
		ensemble.close();
	}

	@BeforeEach
	void createRoot() throws Exception {
		writer.create().forPath(this.root);
	}

	@Test
	void aLateListenerIsToldTheSnapshotFirst() throws Exception {
		Mirror mirror = loaded();
		writer.create().forPath(this.root + "/a");
		Expect.names(mirror, "a");
		Recorder recorder = new Recorder();
		mirror.subscribe(recorder);
		Expect.soon(() -> assertThat(recorder.words()).containsExactly("+" + this.root, "+" + this.root + "/a"));
		assertThat(recorder.events()).singleElement().isInstanceOf(MirrorEvent.Synced.class);
	}

	@Test
	void aListenerOfAMirrorThatHasNotBeenReadIsToldItsFirstSnapshotOnce() throws Exception {
		try (Coordination late = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10))) {
			Recorder recorder = new Recorder();
			Mirror mirror = late.mirror(this.root, MirrorOptions.withData());
			mirror.subscribe(recorder);
			Expect.loaded(mirror);
			writer.create().forPath(this.root + "/a");
			Expect.soon(() -> assertThat(recorder.words()).containsExactly("+" + this.root, "+" + this.root + "/a"));
			assertThat(recorder.all(MirrorEvent.Synced.class)).hasSize(1);
		}
	}

	@Test
	void aListenerThatThrowsIsLoggedAndDisturbsNobody() throws Exception {
		Mirror mirror = loaded();
		try (LogLines log = LogLines.of(Listeners.class)) {
			mirror.subscribe((event) -> {
				throw new IllegalStateException("on purpose");
			});
			Recorder recorder = new Recorder();
			mirror.subscribe(recorder);
			writer.create().forPath(this.root + "/a");
			writer.create().forPath(this.root + "/b");
			Expect.soon(() -> assertThat(recorder.words()).endsWith("+" + this.root + "/a", "+" + this.root + "/b"));
			assertThat(log.lines()).hasSize(3).allSatisfy((line) -> assertThat(line).startsWith("ERROR"));
		}
		assertThat(mirror.stale()).isFalse();
	}

	@Test
	void aSubscriptionThatIsClosedHearsNothing() throws Exception {
		Mirror mirror = loaded();
		Recorder recorder = new Recorder();
		Recorder other = new Recorder();
		Subscription subscription = mirror.subscribe(recorder);
		mirror.subscribe(other);
		Expect.soon(() -> assertThat(recorder.events()).hasSize(1));
		subscription.close();
		subscription.close();
		writer.create().forPath(this.root + "/a");
		Expect.soon(() -> assertThat(other.words()).endsWith("+" + this.root + "/a"));
		assertThat(recorder.events()).hasSize(1);
	}

	@Test
	void aListenerMaySubscribeAnother() throws Exception {
		Mirror mirror = loaded();
		Recorder inner = new Recorder();
		mirror.subscribe((event) -> {
			if (event instanceof MirrorEvent.Changed && inner.events().isEmpty()) {
				mirror.subscribe(inner);
			}
		});
		writer.create().forPath(this.root + "/a");
		writer.create().forPath(this.root + "/b");
		Expect.soon(() -> assertThat(inner.words()).containsExactly("+" + this.root, "+" + this.root + "/a",
				"+" + this.root + "/b"));
	}

	@Test
	void whoeverSubscribesWhileNodesComeHearsEachOnce() throws Exception {
		Mirror mirror = loaded();
		List<Heard> all = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			writer.create().inBackground().forPath(this.root + "/n%05d".formatted(i));
			Heard heard = new Heard();
			all.add(heard);
			mirror.subscribe(heard);
		}
		Expect.soon(() -> assertThat(all).allSatisfy((heard) -> assertThat(heard.paths).hasSize(301)));
		assertThat(all).allSatisfy((heard) -> assertThat(heard.wrong).hasValue(0));
	}

	@Test
	void subscribingUnderALockThatAListenerTakesDoesNotDeadlock() throws Exception {
		Mirror mirror = loaded();
		Object lock = new Object();
		CountDownLatch inListener = new CountDownLatch(1);
		AtomicInteger seen = new AtomicInteger();
		mirror.subscribe((event) -> {
			if (event instanceof MirrorEvent.Changed) {
				inListener.countDown();
				synchronized (lock) {
					seen.incrementAndGet();
				}
			}
		});
		Recorder late = new Recorder();
		CompletableFuture<Void> subscriber = CompletableFuture.runAsync(() -> {
			synchronized (lock) {
				awaitQuietly(inListener);
				mirror.subscribe(late);
			}
		});
		writer.create().forPath(this.root + "/a");
		subscriber.get(30, TimeUnit.SECONDS);
		Expect.soon(() -> assertThat(seen.get()).isOne());
		Expect.soon(() -> assertThat(late.words()).containsExactly("+" + this.root, "+" + this.root + "/a"));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Mirror loaded() throws Exception {
		return Expect.loaded(coordination.mirror(this.root, MirrorOptions.namesOnly()));
	}

	/** Goes by the changes alone. */
	private static final class Heard implements MirrorListener {

		private final Set<String> paths = new ConcurrentSkipListSet<>();

		private final AtomicInteger wrong = new AtomicInteger();

		@Override
		public synchronized void onEvent(MirrorEvent event) {
			if (event instanceof MirrorEvent.Synced synced) {
				this.wrong.addAndGet(this.paths.isEmpty() ? 0 : 1);
				synced.changes().forEach(this::take);
			}
			else if (event instanceof MirrorEvent.Changed changed) {
				take(changed.change());
			}
			this.wrong.addAndGet((event.snapshot().size() + 1 == this.paths.size()) ? 0 : 1);
		}

		private void take(NodeChange change) {
			if (!(change instanceof NodeChange.Created created) || !this.paths.add(created.node().path())) {
				this.wrong.incrementAndGet();
			}
		}

	}

}
