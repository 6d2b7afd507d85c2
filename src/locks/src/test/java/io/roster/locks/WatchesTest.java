package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.roster.coordination.Subscription;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What those are told who watch a queue. */
class WatchesTest extends ReplicasTest {

	private final UUID first = UUID.randomUUID();

	private final UUID second = UUID.randomUUID();

	@Test
	void eachReplicaTellsWhoComesHoldsAndGoes() throws Exception {
		for (TestReplica replica : List.of(this.a, this.b)) {
			UUID holder = UUID.randomUUID();
			UUID waiter = UUID.randomUUID();
			List<QueueEvent> events = new CopyOnWriteArrayList<>();
			try (Subscription watch = replica.queues.watch(this.lock, null, events::add)) {
				awaitStory(events, "snapshot");
				this.a.held(this.lock, holder);
				awaitStory(events, "snapshot", "added HELD alice");
				this.a.waiting(this.lock, waiter);
				awaitStory(events, "snapshot", "added HELD alice", "added WAITING alice");
				TestReplica.get(this.a.queues.release(this.lock, holder));
				TestReplica.get(this.a.queues.release(this.lock, waiter));
				awaitStory(events, "snapshot", "added HELD alice", "added WAITING alice", "removed HELD alice",
						"updated HELD alice", "removed HELD alice");
			}
			assertThat(events.stream().skip(1).map(WatchesTest::place).map(Place::lease)).containsExactly(
					holder.toString(), waiter.toString(), holder.toString(), waiter.toString(), waiter.toString());
			assertThat(place(events.get(4)).fencingToken()).isNotNull();
		}
	}

	@Test
	void theSnapshotHasWhatIsThere() throws Exception {
		Lease held = this.a.held(this.lock, this.first);
		this.a.waiting(this.lock, this.second);
		this.b.awaitPlaces(this.lock, 2);
		List<QueueEvent> events = new CopyOnWriteArrayList<>();
		try (Subscription watch = this.b.queues.watch(this.lock, "1", events::add)) {
			awaitStory(events, "snapshot");
		}
		LockView view = ((QueueEvent.Snapshot) events.get(0)).view();
		assertThat(view.holders()).singleElement().satisfies((place) -> {
			assertThat(place.fencingToken()).isEqualTo(held.fencingToken());
			assertThat(place.owner()).isEqualTo("alice");
		});
		assertThat(view.waiters()).extracting(Place::lease).containsExactly(this.second.toString());
		assertThat(view.revision()).isEqualTo(events.get(0).revision());
	}

	@Test
	void whoHasTheStateIsToldOnlyWhatComes() throws Exception {
		List<QueueEvent> events = new CopyOnWriteArrayList<>();
		String seen = "";
		do {
			// The ensemble may remove a lock that nobody uses in between.
			events.clear();
			UUID lease = UUID.randomUUID();
			this.a.held(this.lock, lease);
			seen = TestReplica.get(this.a.queues.view(this.lock)).revision();
			try (Subscription watch = this.a.queues.watch(this.lock, seen, events::add)) {
				TestReplica.get(this.a.queues.release(this.lock, lease));
				await(() -> assertThat(events).anyMatch(QueueEvent.Removed.class::isInstance));
			}
		}
		while (events.get(0) instanceof QueueEvent.Snapshot && !events.get(0).revision().equals(seen));
		this.a.held(this.lock, this.second);
		assertThat(events.stream().map(WatchesTest::tell)).containsExactly("removed HELD alice");
	}

	@Test
	void aRenewalIsNotToldAndAnotherOwnerIs() throws Exception {
		this.a.held(this.lock, this.first);
		this.b.awaitPlaces(this.lock, 1);
		List<QueueEvent> atA = new CopyOnWriteArrayList<>();
		List<QueueEvent> atB = new CopyOnWriteArrayList<>();
		try (Subscription one = this.a.queues.watch(this.lock, null, atA::add);
				Subscription two = this.b.queues.watch(this.lock, null, atB::add)) {
			awaitStory(atA, "snapshot");
			awaitStory(atB, "snapshot");
			assertThat(this.a.renew(this.lock, this.first, null)).isInstanceOf(RenewResult.Renewed.class);
			TestReplica.get(this.a.queues
				.acquire(AcquireRequest.exclusive(this.lock, this.first, "bob", TestReplica.TTL, Duration.ZERO)));
			TestReplica.get(this.b.queues.revoke(this.lock, this.first, "a test"));
			for (List<QueueEvent> events : List.of(atA, atB)) {
				await(() -> assertThat(place(events.get(events.size() - 1)).revoked()).isEqualTo("a test"));
				// One or two: who reads late sees both at once.
				assertThat(events.stream().skip(1).map(WatchesTest::tell)).containsOnly("updated HELD bob");
				assertThat(events.stream().skip(1).map(WatchesTest::place).map(Place::revoked)).doesNotHaveDuplicates();
			}
		}
	}

	@Test
	void allQueuesAreWatchedTogether() throws Exception {
		this.a.held(this.lock, this.first);
		this.b.awaitPlaces(this.lock, 1);
		List<QueueEvent> events = new CopyOnWriteArrayList<>();
		try (Subscription watch = this.b.queues.watch(null, null, events::add)) {
			awaitStory(events, "all");
			assertThat(((QueueEvent.AllLocks) events.get(0)).locks().locks())
				.containsExactly(new LockSummary(this.lock, LockKind.MUTEX, 1, 0));
			this.a.held("another", this.second);
			awaitStory(events, "all", "added HELD alice");
			TestReplica.get(this.a.queues.release(this.lock, this.first));
			awaitStory(events, "all", "added HELD alice", "removed HELD alice");
			assertThat(place(events.get(1)).lock()).isEqualTo("another");
		}
	}

	@Test
	void aLossOfTheConnectionIsFollowedByASnapshot() throws Exception {
		List<QueueEvent> events = new CopyOnWriteArrayList<>();
		try (Subscription watch = this.a.queues.watch(this.lock, null, events::add)) {
			awaitStory(events, "snapshot");
			this.a.link.refuse();
			this.a.awaitUnavailable();
			this.b.held(this.lock, this.first);
			this.a.link.accepting();
			this.a.awaitAvailable();
			awaitStory(events, "snapshot", "snapshot");
			assertThat(((QueueEvent.Snapshot) events.get(1)).view().holders()).hasSize(1);
			TestReplica.get(this.b.queues.release(this.lock, this.first));
			awaitStory(events, "snapshot", "snapshot", "removed HELD alice");
		}
	}

	@Test
	void whoComesWhileMuchHappensMissesNothing() throws Exception {
		List<Subscription> watches = new ArrayList<>();
		List<Told> told = new ArrayList<>();
		List<CompletableFuture<?>> done = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			UUID lease = UUID.randomUUID();
			TestReplica replica = (i % 2 == 0) ? this.a : this.b;
			done.add(replica.acquire(this.lock, lease, TestReplica.LONG)
				.thenCompose((held) -> replica.queues.release(this.lock, lease)));
			if (i % 20 == 0) {
				Told listener = new Told();
				told.add(listener);
				watches.add(((i % 40 == 0) ? this.b : this.a).queues.watch(this.lock, null, listener::take));
			}
		}
		for (CompletableFuture<?> one : done) {
			TestReplica.get(one);
		}
		for (Told listener : told) {
			await(() -> assertThat(listener.places()).isEmpty());
			assertThat(listener.faults).isEmpty();
		}
		watches.forEach(Subscription::close);
	}

	@Test
	void aListenerThatFailsDisturbsNobody() throws Exception {
		List<QueueEvent> events = new CopyOnWriteArrayList<>();
		try (Subscription one = this.a.queues.watch(this.lock, null, (event) -> {
			throw new IllegalStateException("a test");
		}); Subscription two = this.a.queues.watch(this.lock, null, events::add)) {
			this.a.held(this.lock, this.first);
			awaitStory(events, "snapshot", "added HELD alice");
		}
	}

	private static void awaitStory(List<QueueEvent> events, String... story) {
		await(() -> assertThat(events.stream().map(WatchesTest::tell)).containsExactly(story));
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

	private static String tell(QueueEvent event) {
		if (event instanceof QueueEvent.Snapshot) {
			return "snapshot";
		}
		if (event instanceof QueueEvent.AllLocks) {
			return "all";
		}
		String name = (event instanceof QueueEvent.Added) ? "added"
				: (event instanceof QueueEvent.Updated) ? "updated" : "removed";
		return name + " " + place(event).state() + " " + place(event).owner();
	}

	private static Place place(QueueEvent event) {
		if (event instanceof QueueEvent.Added added) {
			return added.place();
		}
		assertThat(event).isNotInstanceOf(QueueEvent.Snapshot.class);
		return (event instanceof QueueEvent.Updated updated) ? updated.place() : ((QueueEvent.Removed) event).place();
	}

	/** Follows a queue by what is told, and by nothing else. */
	private static final class Told {

		private final Map<String, LeaseState> places = new java.util.concurrent.ConcurrentHashMap<>();

		private final List<String> faults = new CopyOnWriteArrayList<>();

		private volatile boolean begun;

		void take(QueueEvent event) {
			if (event instanceof QueueEvent.Snapshot snapshot) {
				this.begun = true;
				this.places.clear();
				snapshot.view()
					.holders()
					.forEach((place) -> this.places.put(String.valueOf(place.node()), place.state()));
				snapshot.view()
					.waiters()
					.forEach((place) -> this.places.put(String.valueOf(place.node()), place.state()));
				return;
			}
			Place place = place(event);
			String node = String.valueOf(place.node());
			LeaseState before = (event instanceof QueueEvent.Removed) ? this.places.remove(node)
					: this.places.put(node, place.state());
			boolean known = before != null;
			if (known == event instanceof QueueEvent.Added || !this.begun) {
				this.faults.add(tell(event) + " " + node + " where it was " + before);
			}
			if (event instanceof QueueEvent.Updated && before == LeaseState.HELD) {
				this.faults.add("held twice: " + node);
			}
		}

		Map<String, LeaseState> places() {
			assertThat(this.begun).isTrue();
			return this.places.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		}

	}

}
