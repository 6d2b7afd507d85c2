package io.roster.locks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Makes the place of a seat. Confined to the replica's {@link Serial}.
 */
final class Creation {

	/** How often a place may turn out to be of a kind that the lock no longer is. */
	private static final int MAX_MOVES = 3;

	private final Replica replica;

	private final Seat seat;

	private final SeatCalls calls;

	private final KeepAlive keepAlive;

	private final LeaseWrites writes;

	private int moves;

	Creation(Replica replica, Seat seat, SeatCalls calls, KeepAlive keepAlive) {
		this.replica = replica;
		this.seat = seat;
		this.calls = calls;
		this.keepAlive = keepAlive;
		this.writes = new LeaseWrites(replica);
	}

	/** A kind that does not have the mode is refused before anything is written. */
	void begin() {
		List<Call.Acquire> batch = this.calls.acquiresOfOne();
		Mode mode = wanted(batch).mode();
		Map<String, LockKind> kinds = this.seat.places().kinds(mode);
		LockKind without = kinds.values().stream().filter((kind) -> !kind.has(mode)).findFirst().orElse(null);
		AcquireResult full = limit();
		if (full != null) {
			batch.forEach((call) -> this.calls.end(call, full));
			this.replica.serial().run(this.seat::drive);
		}
		else if (without == null) {
			create(batch, kinds);
		}
		else if (this.calls.haveLooked()) {
			batch.stream()
				.filter((call) -> call.request().mode() == mode)
				.forEach((call) -> this.calls.end(call, new AcquireResult.WrongKind(without)));
			this.replica.serial().run(this.seat::drive);
		}
		else {
			this.seat.look();
		}
	}

	boolean isMisplaced(QueueNode node) {
		return this.moves < MAX_MOVES && this.seat.places().isMisplaced(node);
	}

	/**
	 * The lock has become another kind while the place was made. What was asked for can
	 * be had there too, at the end of the queue.
	 */
	void move(QueueNode node) {
		this.moves++;
		this.calls.acquires().forEach(Call.Acquire::needsWrite);
		List<QueueNode> places = this.replica.queues().together(node);
		this.seat.ask((then) -> this.replica.operations().joint().delete(places, then), (answer) -> {
			if (answer.done() || answer.noNode()) {
				places.forEach(this.replica::gone);
			}
		});
	}

	private @Nullable AcquireResult limit() {
		return this.seat.places()
			.locks()
			.stream()
			.map((lock) -> limit(this.replica.queues().find(lock)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private @Nullable AcquireResult limit(@Nullable LockQueue queue) {
		LockLimits limits = this.replica.options().limits();
		if (queue == null && this.replica.queues().all().size() >= limits.maxLocks()) {
			return new AcquireResult.TooManyLocks(limits.maxLocks());
		}
		boolean full = queue != null && queue.places().size() > limits.maxWaiters()
				&& queue.standing().size() - queue.holders().size() >= limits.maxWaiters();
		return full ? new AcquireResult.QueueFull(limits.maxWaiters()) : null;
	}

	private void create(List<Call.Acquire> batch, Map<String, LockKind> kinds) {
		LeaseData data = this.seat.places().data(wanted(batch));
		Map<String, String> prefixes = new LinkedHashMap<>();
		kinds.forEach((lock, kind) -> prefixes.put(lock, PlaceName.prefix(this.seat.lease(), kind, data.mode())));
		long sent = this.replica.now();
		int era = this.replica.era();
		this.seat.ask((then) -> create(prefixes, data.bytes(), then), (answer) -> {
			Stat stat = answer.stat();
			if (answer.done() && stat != null) {
				batch.forEach((call) -> call.wroteTo(stat.getCzxid()));
				this.keepAlive.wrote(sent, data.ttlNanos());
				created(answer.path(), data, stat, batch);
				if (this.seat.nodes().isEmpty() && era == this.replica.era()) {
					// Never seen; creating it again and again would fill the
					// queue.
					this.calls.failAll(new IllegalStateException("the mirror does not show " + answer.path()));
				}
			}
		});
	}

	private void create(Map<String, String> prefixes, byte[] data, Consumer<Answer> then) {
		Operations operations = this.replica.operations();
		if (this.seat.places().several()) {
			operations.joint().create(prefixes, data, then);
		}
		else {
			String lock = this.seat.lock();
			operations.createPlace(lock, prefixes.getOrDefault(lock, ""), data, this::lockMade, then);
		}
	}

	/** Without a znode before, the lock is what its first place makes it. */
	private void lockMade(Stat stat) {
		LockQueue queue = this.replica.queues().find(this.seat.lock());
		if (queue != null) {
			queue.configured(stat.getCzxid(), LockConfig.NONE);
		}
	}

	static LeaseData wanted(List<Call.Acquire> batch) {
		return LeaseData.of(batch.get(batch.size() - 1).request());
	}

	private void created(String path, LeaseData data, Stat stat, List<Call.Acquire> batch) {
		List<QueueNode> nodes = this.seat.nodes();
		for (QueueNode node : nodes) {
			if (node.path().equals(path) && node.isSame(stat)) {
				node.known(data, stat);
				this.replica.expiry().known(node);
				knowTogether(node, data, stat);
				SeatCalls.vouch(node, data, batch);
				if (!node.equals(nodes.get(0))) {
					this.writes.withdraw(node, stat.getVersion());
				}
			}
		}
	}

	/** What the same transaction has put into the other queues. */
	private void knowTogether(QueueNode anchor, LeaseData data, Stat stat) {
		for (QueueNode place : this.seat.places().all()) {
			if (place.czxid() == stat.getCzxid() && !place.equals(anchor)) {
				place.known(data, stat);
				this.replica.expiry().known(place);
			}
		}
	}

}
