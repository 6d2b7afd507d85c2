package io.roster.locks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

/**
 * Shows queues to onlookers. The data of a node is read when somebody looks, and kept
 * until the node changes. Confined to the replica's {@link Serial}.
 */
final class Places {

	private static final int FIND_TRIES = 5;

	private final Replica replica;

	Places(Replica replica) {
		this.replica = replica;
	}

	/** All locks; what each was declared as is read once. */
	void locks(Consumer<LockList> then) {
		readConfigs(this.replica.queues().all(), () -> then.accept(locksNow()));
	}

	private void readConfigs(Collection<LockQueue> queues, Runnable then) {
		List<LockQueue> unknown = queues.stream().filter((queue) -> queue.config() == null).toList();
		if (unknown.isEmpty()) {
			then.run();
			return;
		}
		int[] reads = { unknown.size() };
		unknown.forEach((queue) -> this.replica.declarations().read(queue, (answer) -> {
			if (--reads[0] == 0) {
				then.run();
			}
		}));
	}

	/** All locks as far as they are known. */
	LockList locksNow() {
		List<LockSummary> locks = new ArrayList<>();
		for (LockQueue queue : this.replica.queues().all()) {
			int holders = queue.holders().size();
			locks.add(new LockSummary(queue.lock(), queue.kind(), holders, queue.standing().size() - holders));
		}
		return new LockList(Long.toString(this.replica.revision()), locks);
	}

	/** One queue. While the ensemble is away it shows what is known. */
	void view(String lock, Consumer<LockView> then) {
		LockQueue queue = this.replica.queues().find(lock);
		readConfigs((queue != null) ? List.of(queue) : List.of(), () -> show(lock, then));
	}

	private void show(String lock, Consumer<LockView> then) {
		LockQueue queue = this.replica.queues().find(lock);
		List<QueueNode> nodes = (queue != null) ? List.copyOf(queue.standing()) : List.of();
		LockKind kind = (queue != null) ? queue.kind() : LockKind.MUTEX;
		int permits = (queue != null) ? queue.permits() : 1;
		describe(nodes, (places) -> then.accept(view(lock, kind, permits, places)));
	}

	/** One queue as far as it is known. */
	LockView viewNow(String lock) {
		LockQueue queue = this.replica.queues().find(lock);
		return (queue != null) ? view(lock, queue.kind(), queue.permits(), described(queue.standing()))
				: view(lock, LockKind.MUTEX, 1, List.of());
	}

	private LockView view(String lock, LockKind kind, int permits, List<Place> places) {
		List<Place> holders = places.stream().filter((place) -> place.state() == LeaseState.HELD).toList();
		List<Place> waiters = places.stream().filter((place) -> place.state() == LeaseState.WAITING).toList();
		return new LockView(lock, kind, permits, Long.toString(this.replica.revision()), holders, waiters);
	}

	/**
	 * Describes the first places of a queue, after reading what is not known of them.
	 * @param nodes its first places
	 * @param then takes the places that are still there
	 */
	void describe(List<QueueNode> nodes, Consumer<List<Place>> then) {
		List<QueueNode> unknown = nodes.stream().filter((node) -> node.content() == null).toList();
		if (unknown.isEmpty()) {
			then.accept(described(nodes));
			return;
		}
		int[] reads = { unknown.size() };
		for (QueueNode node : unknown) {
			this.replica.read(node, (answer) -> {
				if (--reads[0] == 0) {
					then.accept(described(nodes));
				}
			});
		}
	}

	private List<Place> described(Collection<QueueNode> nodes) {
		List<Place> places = new ArrayList<>();
		for (QueueNode node : nodes) {
			LockQueue queue = this.replica.queues().find(node.lock());
			if (queue != null && queue.contains(node)) {
				places.add(place(node, queue.holds(node), places.size()));
			}
		}
		return places;
	}

	/** One place as far as it is known. */
	Place place(QueueNode node, boolean holds, int position) {
		long now = this.replica.now();
		LeaseData data = node.lastKnown();
		UUID lease = node.leaseId();
		// It lives as long as the place that carries it.
		long changedAt = this.replica.queues().together(node).get(0).changedAt();
		boolean tokenKnown = holds && node.czxid() >= 0;
		return new Place(node.lock(), (lease != null) ? lease.toString() : null, (data != null) ? data.owner() : null,
				node.mode(), holds ? LeaseState.HELD : LeaseState.WAITING, holds ? 0 : position,
				tokenKnown ? this.replica.tokens().text(node.czxid()) : null,
				(data != null) ? Durations.text(data.ttl()) : null,
				(data != null) ? Durations.restMillis(data.ttlNanos() - (now - changedAt)) : null, node.name().text(),
				client(node), Durations.restMillis(now - node.seenAt()), (data != null) ? data.revoked() : null,
				(data != null) ? data.principal() : null);
	}

	private static ClientKind client(QueueNode node) {
		QueueNode.Content content = node.content();
		if (content == null) {
			return (node.leaseId() != null) ? ClientKind.REST : ClientKind.FOREIGN;
		}
		if (content.lease() != null) {
			return ClientKind.REST;
		}
		return (content.ephemeral() && node.name().id() != null) ? ClientKind.CURATOR : ClientKind.FOREIGN;
	}

	/** One lease, after the ensemble has caught up. */
	void find(Claim claim, Call<FindResult> call) {
		find(claim, call, FIND_TRIES);
	}

	private void find(Claim claim, Call<FindResult> call, int tries) {
		this.replica.operations().sync((synced) -> {
			List<QueueNode> nodes = this.replica.queues().nodesOf(claim.lock(), claim.lease());
			if (!synced.done() || !this.replica.inSync()) {
				end(call, failure(synced));
			}
			else if (nodes.isEmpty()) {
				end(call, new FindResult.Gone());
			}
			else {
				this.replica.read(nodes.get(0), (read) -> find(claim, call, tries, nodes.get(0), read));
			}
		});
	}

	private void find(Claim claim, Call<FindResult> call, int tries, QueueNode node, Answer read) {
		LeaseData data = node.lease();
		LockQueue queue = this.replica.queues().find(claim.lock());
		if (node.locks() != null) {
			end(call, Seats.otherLocks("it is one of " + node.locks()));
		}
		else if (read.done() && data != null && queue != null && queue.contains(node)) {
			readConfigs(List.of(queue), () -> end(call, found(claim, queue, node, data)));
		}
		else if ((read.done() || read.noNode()) && tries > 1) {
			find(claim, call, tries - 1);
		}
		else {
			end(call, failure(read));
		}
	}

	private FindResult found(Claim claim, LockQueue queue, QueueNode node, LeaseData data) {
		return Claim.isStranger(data.principal(), claim.principal()) ? new FindResult.NotYours()
				: new FindResult.Found(lease(queue, node, data));
	}

	private Lease lease(LockQueue queue, QueueNode node, LeaseData data) {
		long now = this.replica.now();
		long since = now - data.ttlNanos() + node.vouchedRest(now, data.ttlNanos());
		Leases leases = new Leases(this.replica);
		return queue.holds(node) ? leases.held(node, data, since) : leases.waiting(node, data, since);
	}

	private Exception failure(Answer answer) {
		return (answer.done() || answer.noNode() || answer.lost())
				? this.replica.unavailable("the ensemble could not be asked") : answer.failure();
	}

	private void end(Call<FindResult> call, FindResult result) {
		if (!call.ended()) {
			call.end(this.replica.serial(), result);
		}
	}

	private void end(Call<?> call, @Nullable Exception failure) {
		if (!call.ended() && failure != null) {
			call.fail(this.replica.serial(), (failure instanceof KeeperException refused)
					? new IllegalStateException("the ensemble refuses to be read: " + refused.getMessage(), refused)
					: failure);
		}
	}

}
