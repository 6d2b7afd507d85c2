package io.roster.locks;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What this replica does for one lease of one lock while somebody asks for it: one
 * request to the ensemble at a time, each for all calls that came before it. It is there
 * while there are calls. Confined to the replica's {@link Serial}.
 * <p>
 * After an answer that was lost nothing is sent before the mirror has been read again and
 * shows the outcome. Nothing is done to a place before it is known whose it is: where
 * this replica has made it, or has ever read it, that costs no read.
 */
final class Seat {

	private static final int NEVER = -1;

	/** When a node may have expired elsewhere: the clocks of two machines differ. */
	private static final double PERHAPS_EXPIRED = 0.9;

	private final Replica replica;

	private final LeasePlaces places;

	private final SeatCalls calls;

	private final Grants grants;

	private final LeaseWrites writes;

	private final KeepAlive keepAlive;

	private final Creation creation;

	private final Departure departure;

	private boolean busy;

	private int lostIn = NEVER;

	Seat(Replica replica, LeasePlaces places) {
		this.replica = replica;
		this.places = places;
		this.calls = new SeatCalls(replica, places.anchor(), places.lease());
		this.writes = new LeaseWrites(replica);
		this.keepAlive = new KeepAlive(replica, this::drive);
		this.creation = new Creation(replica, this, this.calls, this.keepAlive);
		this.departure = new Departure(replica, this, this.calls);
		this.grants = new Grants(replica, places, this.calls, this.keepAlive, this::drive);
	}

	LeasePlaces places() {
		return this.places;
	}

	/** The lock whose place carries the lease. */
	String lock() {
		return this.places.anchor();
	}

	UUID lease() {
		return this.places.lease();
	}

	void acquire(Call.Acquire call) {
		this.calls.add(call);
		if (!call.isWaitOver()) {
			long waitEnd = call.arrival() + call.request().maxWait().toNanos();
			call.waitEnd = this.replica.timers().at(waitEnd, () -> {
				call.waitIsOver();
				drive();
			});
		}
	}

	void renew(Call.Renew call) {
		this.calls.add(call);
	}

	void release(Call<ReleaseResult> call) {
		this.calls.addRelease(call);
	}

	/** A call was answered elsewhere, or its client has gone. */
	void forget(Call<?> call) {
		call.end();
		this.calls.remove(call);
		drive();
	}

	/** Takes the next step, if one can be taken now. */
	void drive() {
		boolean mayAsk = !this.busy && this.replica.inSync() && this.lostIn != this.replica.era();
		if (mayAsk && !this.calls.isEmpty()) {
			step();
		}
		if (!this.calls.isAnyoneAcquiring()) {
			this.keepAlive.stop();
		}
		if (!this.busy && this.calls.isEmpty()) {
			this.replica.retire(this);
		}
	}

	private void step() {
		List<QueueNode> nodes = nodes();
		QueueNode unread = this.places.unread();
		LockQueue undeclared = this.places.undeclared();
		if (unread != null) {
			// It may also be named like a lease and be a session's.
			read(unread);
			return;
		}
		if (!nodes.isEmpty()) {
			endWhoIsNotMeant(nodes.get(0));
		}
		if (this.calls.isEmpty()) {
			return;
		}
		if (this.calls.isLeaving()) {
			this.departure.leave();
		}
		else if (undeclared != null && this.calls.dependOnKind(this.places)) {
			ask((then) -> this.replica.declarations().read(undeclared, then), (answer) -> {
			});
		}
		else if (nodes.isEmpty()) {
			begin();
		}
		else if (!this.places.isWhole(nodes.get(0))) {
			this.departure.torn(nodes.get(0));
		}
		else if (this.calls.isAnyoneAcquiring() && this.creation.isMisplaced(nodes.get(0))) {
			this.creation.move(nodes.get(0));
		}
		else if (isWriteWanted(nodes.get(0))) {
			write(nodes);
		}
		else {
			settle(nodes.get(0));
		}
	}

	private void endWhoIsNotMeant(QueueNode node) {
		if (this.places.isOther(node)) {
			this.calls.failAll(Seats.otherLocks("lock " + node.lock() + " has a place of it"));
		}
		this.calls.endStrangers(node.principal());
		this.calls.endOtherModes(node.mode());
	}

	List<QueueNode> nodes() {
		return this.places.nodes();
	}

	private boolean isWriteWanted(QueueNode node) {
		return !this.calls.renews().isEmpty() || !this.calls.unwritten(node).isEmpty()
				|| (this.calls.isAnyoneAcquiring() && this.keepAlive.isDue());
	}

	/** There is no node of this lease, as far as this replica knows. */
	private void begin() {
		if (this.calls.isAnyoneAcquiring()) {
			this.creation.begin();
		}
		else if (!this.calls.haveLooked()) {
			look();
		}
		else {
			this.calls.endRenewsAsGone();
		}
	}

	/**
	 * Absence in a mirror is no answer: has the ensemble caught up, and is it absent
	 * still?
	 */
	void look() {
		List<Call<?>> lookers = this.calls.lookers();
		ask(this.replica.operations()::sync, (answer) -> {
			if (answer.done()) {
				lookers.forEach((call) -> call.looked = true);
			}
		});
	}

	private void write(List<QueueNode> nodes) {
		for (QueueNode node : nodes) {
			if (node.content() == null) {
				read(node);
				return;
			}
		}
		QueueNode oldest = nodes.get(0);
		nodes.stream()
			.skip(1)
			.filter((younger) -> Objects.equals(younger.principal(), oldest.principal()))
			.forEach(this.writes::renew);
		writeOldest(oldest);
	}

	private void read(QueueNode node) {
		ask((then) -> this.replica.read(node, then), (answer) -> {
		});
	}

	/** Renews the lease for all who ask for it; an acquire may have changed its data. */
	private void writeOldest(QueueNode node) {
		List<Call.Acquire> batch = this.calls.unwritten(node);
		List<Call.Renew> renews = this.calls.renews();
		QueueNode.Content content = node.content();
		LeaseData stands = node.lease();
		if (content == null || stands == null) {
			return;
		}
		String revoked = stands.revoked();
		if (revoked != null) {
			this.calls.endAsRevoked(revoked);
			this.replica.serial().run(this::drive);
			return;
		}
		LeaseData data = batch.isEmpty() ? stands : Creation.wanted(batch).in(stands);
		long sent = this.replica.now();
		ask((then) -> this.replica.operations().write(node.path(), data.bytes(), content.version(), then), (answer) -> {
			if (this.writes.wrote(node, data, answer)) {
				this.keepAlive.wrote(sent, data.ttlNanos());
				batch.forEach((call) -> call.joined(node.czxid()));
				SeatCalls.vouch(node, data, batch);
				SeatCalls.vouch(node, data, renews);
				renews.forEach((call) -> this.grants.renewed(call, node, data));
			}
			else if (answer.done() || answer.noNode()) {
				this.replica.gone(node);
			}
			else if (answer.badVersion()) {
				node.unknown();
			}
		});
	}

	/** Answers whom the state of the queue answers. */
	private void settle(QueueNode node) {
		LeaseData data = node.lease();
		String revoked = (data != null) ? data.revoked() : null;
		if (revoked != null) {
			this.calls.endAsRevoked(revoked);
		}
		else if (data != null) {
			this.calls.acquires().forEach((call) -> this.grants.settle(call, node, data));
		}
		else if (this.places.holds(node) || this.calls.acquires().stream().anyMatch(Call.Acquire::isWaitOver)) {
			// Another replica has written to it, perhaps another TTL.
			read(node);
		}
	}

	/**
	 * The node is gone that calls wait in. If nobody has kept it for long enough, it may
	 * have expired, and they begin anew; else somebody has given it up on purpose.
	 */
	void vanished() {
		if (!this.calls.isLeaving() && nodes().isEmpty()) {
			lostPlace();
			this.replica.serial().run(this::drive);
		}
		else if (this.places.several()) {
			this.replica.serial().run(this::drive);
		}
	}

	private void lostPlace() {
		boolean perhapsExpired = this.keepAlive.age() >= this.keepAlive.ttlNanos() * PERHAPS_EXPIRED;
		for (Call.Acquire call : this.calls.acquires()) {
			if (call.hasWritten() && !perhapsExpired) {
				this.calls.end(call, new AcquireResult.Gone());
			}
			else {
				call.needsWrite();
			}
		}
	}

	/** The mirror was read again, after a {@code sync}: what was lost shows now. */
	void resynced(boolean rebuilt) {
		this.calls.lookers().forEach((call) -> call.looked = true);
		if (rebuilt) {
			this.calls.acquires().forEach(Call.Acquire::needsWrite);
		}
		else if (!this.calls.isLeaving() && nodes().isEmpty()) {
			lostPlace();
		}
		drive();
	}

	void failAll(Throwable failure) {
		this.calls.failAll(failure);
		drive();
	}

	/** Sends a request, and takes the next step after its answer. */
	void ask(Consumer<Consumer<Answer>> request, Consumer<Answer> then) {
		int era = this.replica.era();
		this.busy = true;
		request.accept((answer) -> {
			this.busy = false;
			then.accept(answer);
			if (answer.lost()) {
				this.lostIn = era;
			}
			else if (!answer.done() && !answer.noNode() && !answer.badVersion()) {
				this.calls.failAll(this.replica.operations().failure(answer));
			}
			drive();
		});
	}

}
