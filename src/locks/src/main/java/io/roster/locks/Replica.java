package io.roster.locks;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorListener;
import io.roster.coordination.NodeChange;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * What one replica knows of the queues, and what it does about them. All of it, but for
 * the methods that say otherwise, is confined to the {@link Serial}.
 */
final class Replica implements MirrorListener {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final LockOptions options;

	private final LongSupplier ticker;

	private final Serial serial = new Serial();

	private final Timers timers = new Timers();

	private final FencingTokens tokens;

	private final Operations operations;

	private final Queues queues;

	private final Expiry expiry = new Expiry(this);

	private final Reads reads = new Reads(this);

	private final Deadlocks deadlocks = new Deadlocks(this, this.reads);

	private final Watches watches = new Watches(this, this.reads);

	private final Declarations declarations = new Declarations(this);

	private final HandToHand handToHand = new HandToHand(this);

	private final long highCounter;

	private final Chronicle chronicle;

	private final Endings endings;

	private final Seats seats = new Seats(this);

	private final Start start = new Start();

	private volatile boolean inSync;

	private volatile boolean closed;

	private volatile long revision;

	private int era;

	Replica(Mirror mirror, LockOptions options, LongSupplier ticker, Clock clock, long highCounter) {
		this.options = options;
		this.highCounter = highCounter;
		this.ticker = ticker;
		this.tokens = new FencingTokens(options.fencingEpoch());
		this.operations = new Operations(mirror, this.serial, options.writesTogether());
		this.queues = new Queues(mirror.root());
		this.chronicle = new Chronicle(this, clock);
		this.endings = new Endings(this, this.chronicle.trail());
	}

	LockOptions options() {
		return this.options;
	}

	/** May be called on any thread. */
	Serial serial() {
		return this.serial;
	}

	/** May be called on any thread. */
	long now() {
		return this.ticker.getAsLong();
	}

	/** May be called on any thread. */
	boolean inSync() {
		return this.inSync;
	}

	/** May be called on any thread. */
	CompletableFuture<Void> started() {
		return this.start.done();
	}

	/** May be called on any thread. */
	long revision() {
		return this.revision;
	}

	Timers timers() {
		return this.timers;
	}

	FencingTokens tokens() {
		return this.tokens;
	}

	Operations operations() {
		return this.operations;
	}

	Queues queues() {
		return this.queues;
	}

	Chronicle chronicle() {
		return this.chronicle;
	}

	Endings endings() {
		return this.endings;
	}

	Declarations declarations() {
		return this.declarations;
	}

	Expiry expiry() {
		return this.expiry;
	}

	HandToHand handToHand() {
		return this.handToHand;
	}

	Deadlocks deadlocks() {
		return this.deadlocks;
	}

	Watches watches() {
		return this.watches;
	}

	/** Counts the connections and their losses. */
	int era() {
		return this.era;
	}

	/** Runs what is due. May be called on any thread. */
	void tick() {
		this.serial.run(() -> {
			this.timers.runDue(now());
			this.watches.tick();
		});
	}

	/** May be called on any thread; the mirror calls it on the event thread. */
	@Override
	public void onEvent(MirrorEvent event) {
		this.serial.run(() -> {
			this.revision = event.snapshot().revision();
			if (event instanceof MirrorEvent.Changed changed) {
				changed(changed.change());
			}
			else if (event instanceof MirrorEvent.Synced synced) {
				synced(synced);
			}
			else {
				this.era++;
				this.inSync = false;
			}
		});
	}

	private void changed(NodeChange change) {
		if (change instanceof NodeChange.Created created) {
			QueueNode node = this.queues.created(created.node(), now());
			if (node != null) {
				this.expiry.watch(node);
				this.watches.added(node);
			}
		}
		else if (change instanceof NodeChange.Updated updated) {
			QueueNode node = this.queues.known(updated.after());
			Stat stat = updated.after().stat();
			if (node != null) {
				node.identify(updated.after().czxid());
			}
			if (node != null && !node.isKnownAt(stat)) {
				node.changed(now());
				this.expiry.watch(node);
				this.watches.written(node);
			}
			LockQueue queue = this.queues.lockChanged(updated.after());
			if (queue != null && !queue.isEmpty()) {
				// It may have more permits than before.
				this.declarations.read(queue, (answer) -> this.handToHand.next(queue));
			}
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			QueueNode node = this.queues.known(deleted.node());
			if (node != null) {
				gone(node);
			}
			else {
				this.queues.deleted(deleted.node());
			}
		}
	}

	private void synced(MirrorEvent.Synced event) {
		this.era++;
		this.inSync = true;
		this.start.at(event.snapshot().revision());
		if (event.rebuilt()) {
			this.queues.places().forEach(this.expiry::forget);
			this.queues.clear();
		}
		long now = now();
		this.queues.replace(event.snapshot(), now).forEach(this.expiry::forget);
		this.queues.places().forEach((node) -> {
			node.changed(now);
			this.expiry.watch(node);
		});
		this.watches.resynced();
		this.seats.all().forEach((seat) -> seat.resynced(event.rebuilt()));
	}

	/**
	 * A node is surely gone: the mirror says so, or an answer of the ensemble. Whoever is
	 * next holds the lock, and is told without a read.
	 */
	void gone(QueueNode node) {
		LockQueue queue = this.queues.find(node.lock());
		if (queue == null || !queue.contains(node)) {
			return;
		}
		this.watches.removed(node);
		boolean stood = queue.remove(node);
		this.expiry.forget(node);
		if (queue.isEmpty() && node.name().sequence() >= this.highCounter) {
			this.declarations.startOver(queue);
		}
		UUID lease = node.name().lease();
		Seat seat = (lease != null) ? seat(node.lock(), lease) : null;
		if (seat != null) {
			seat.vanished();
		}
		if (stood) {
			this.handToHand.next(queue);
		}
	}

	/** Where calls about a lease wait, if any do. */
	@Nullable Seat seat(String lock, UUID lease) {
		return this.seats.find(lock, lease);
	}

	/** Reads a node's data and version. */
	void read(QueueNode node, Consumer<Answer> then) {
		this.reads.read(node, then);
	}

	/**
	 * Hands a call to the seat of its lease. May be called on any thread.
	 */
	<T, C extends Call<T>> CompletableFuture<T> bring(C call, LeasePlaces places, Duration longest,
			BiConsumer<Seat, C> add) {
		this.serial.run(() -> {
			RuntimeException closedDoor = closedDoor();
			if (closedDoor != null) {
				call.fail(this.serial, closedDoor);
				return;
			}
			Seat seat;
			try {
				seat = this.seats.at(places);
			}
			catch (InvalidLockRequestException ex) {
				call.fail(this.serial, ex);
				return;
			}
			giveUpAfter(longest, call, () -> seat.forget(call));
			add.accept(seat, call);
			seat.drive();
			CompletableFuture<T> unused = call.future().whenComplete((answer, failure) -> {
				if (!call.ended()) {
					// The client has gone.
					this.serial.run(() -> seat.forget(call));
				}
			});
		});
		return call.future();
	}

	/** Why no new call is taken, if so. */
	@Nullable RuntimeException closedDoor() {
		if (this.start.refusal() != null) {
			return this.start.refusal();
		}
		return (this.inSync && !this.closed) ? null : unavailable(this.operations.whyUnavailable());
	}

	void giveUpAfter(Duration longest, Call<?> call, Runnable forget) {
		if (call.giveUp != null) {
			call.giveUp.cancel();
		}
		call.giveUp = this.timers.at(call.arrival() + longest.toNanos(), () -> {
			forget.run();
			call.fail(this.serial, unavailable(
					"the ensemble did not answer in time; whether it did what was asked is " + "not known"));
		});
	}

	LocksUnavailableException unavailable(String why) {
		return new LocksUnavailableException(why + "; ask again after " + Durations.text(RETRY_AFTER), RETRY_AFTER);
	}

	void retire(Seat seat) {
		this.seats.retire(seat);
	}

	/** Ends all calls. May be called on any thread. */
	void close() {
		this.serial.run(() -> {
			this.closed = true;
			this.inSync = false;
			this.start.done().completeExceptionally(unavailable("the lock queues are closed"));
			this.seats.all().forEach((seat) -> seat.failAll(unavailable("this replica of the lock service stops")));
			this.chronicle.trail().close();
			this.watches.close();
		});
	}

}
