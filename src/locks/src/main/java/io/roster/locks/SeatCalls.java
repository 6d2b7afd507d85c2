package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The calls about one lease that wait for their answers at this replica. Confined to the
 * replica's {@link Serial}.
 */
final class SeatCalls {

	private final Serial serial;

	private final Events events;

	private final LongSupplier now;

	private final String lock;

	private final UUID lease;

	private final List<Call.Acquire> acquires = new ArrayList<>();

	private final List<Call.Renew> renews = new ArrayList<>();

	private final List<Call<ReleaseResult>> releases = new ArrayList<>();

	SeatCalls(Replica replica, String lock, UUID lease) {
		this.serial = replica.serial();
		this.events = replica.chronicle().events();
		this.now = replica::now;
		this.lock = lock;
		this.lease = lease;
	}

	void add(Call.Acquire call) {
		this.acquires.add(call);
	}

	void add(Call.Renew call) {
		this.renews.add(call);
	}

	void addRelease(Call<ReleaseResult> call) {
		this.releases.add(call);
	}

	/** It was answered elsewhere, or nobody waits for its answer any more. */
	void remove(Call<?> call) {
		if (call instanceof Call.Acquire acquire && this.acquires.remove(call)) {
			answered(acquire,
					call.future().isCancelled() ? LockEvent.Outcome.ABANDONED : LockEvent.Outcome.UNAVAILABLE);
		}
		this.renews.remove(call);
		this.releases.remove(call);
	}

	/** A copy. */
	List<Call.Acquire> acquires() {
		return List.copyOf(this.acquires);
	}

	/** Those of the principal that asked first: a place belongs to one. */
	List<Call.Acquire> acquiresOfOne() {
		return this.acquires.stream()
			.filter((call) -> Objects.equals(call.principal(), this.acquires.get(0).principal()))
			.toList();
	}

	/** A copy. */
	List<Call.Renew> renews() {
		return List.copyOf(this.renews);
	}

	/** A copy. */
	List<Call<ReleaseResult>> releases() {
		return List.copyOf(this.releases);
	}

	/** Whether a place was deleted for each release. */
	boolean haveDeleted() {
		return this.releases.stream().allMatch((call) -> call.deleted);
	}

	boolean isEmpty() {
		return this.acquires.isEmpty() && this.renews.isEmpty() && this.releases.isEmpty();
	}

	boolean isAnyoneAcquiring() {
		return !this.acquires.isEmpty();
	}

	/** A refusal gives the place up, unless somebody else still wants it. */
	boolean isLeaving() {
		return isReleasing() || (isAnyoneAcquiring() && this.renews.isEmpty()
				&& this.acquires.stream().allMatch((call) -> call.refusal != null));
	}

	boolean isReleasing() {
		return !this.releases.isEmpty();
	}

	/** Whether an answer may depend on what the lock was declared as. */
	boolean dependOnKind(LeasePlaces places) {
		List<QueueNode> nodes = places.nodes();
		boolean holds = !nodes.isEmpty() && places.holds(nodes.get(0));
		return isAnyoneAcquiring() || (!holds && !this.renews.isEmpty());
	}

	/** The acquires for which nothing has been written to this node yet. */
	List<Call.Acquire> unwritten(QueueNode node) {
		return this.acquires.stream().filter((call) -> !call.refusing && !call.hasWrittenTo(node)).toList();
	}

	/** Who may be told only of an absence that was looked for since it came. */
	List<Call<?>> lookers() {
		List<Call<?>> lookers = new ArrayList<>(this.acquires);
		lookers.addAll(this.renews);
		lookers.addAll(this.releases);
		return lookers;
	}

	boolean haveLooked() {
		return lookers().stream().allMatch((call) -> call.looked);
	}

	/** A lease keeps the mode of its place. */
	void endOtherModes(Mode mode) {
		for (Call.Acquire call : acquires()) {
			if (call.request().mode() != mode && call.refusal == null) {
				end(call, new AcquireResult.OtherMode(mode));
			}
		}
	}

	/**
	 * Whose the place is has come to be known: all others are told, and nothing else is
	 * done for them.
	 * @param owner the principal of the oldest place of the lease; an older one, which
	 * was theirs, may have been given up for them before
	 */
	void endStrangers(@Nullable String owner) {
		for (Call.Acquire call : acquires()) {
			AcquireResult refusal = call.refusal;
			if (Claim.isStranger(owner, call.principal())) {
				end(call, (refusal != null) ? refusal : new AcquireResult.NotYours());
			}
		}
		for (Call.Renew call : renews()) {
			if (Claim.isStranger(owner, call.principal())) {
				end(call, new RenewResult.NotYours());
			}
		}
		for (Call<ReleaseResult> call : releases()) {
			if (Claim.isStranger(owner, call.principal())) {
				this.releases.remove(call);
				call.end(this.serial, call.deleted ? ReleaseResult.RELEASED : ReleaseResult.NOT_YOURS);
			}
		}
	}

	void endReleases() {
		take(this.releases)
			.forEach((call) -> call.end(this.serial, call.deleted ? ReleaseResult.RELEASED : ReleaseResult.GONE));
	}

	void endRenewsAsGone() {
		end(take(this.renews), new RenewResult.Gone());
	}

	void end(Call.Acquire call, AcquireResult result) {
		if (this.acquires.remove(call)) {
			answered(call, result.outcome());
			call.end(this.serial, result);
		}
	}

	void end(Call.Renew call, RenewResult result) {
		if (this.renews.remove(call)) {
			end(List.of(call), result);
		}
	}

	private void end(List<Call.Renew> calls, RenewResult result) {
		for (Call.Renew call : calls) {
			if (!(result instanceof RenewResult.Renewed)) {
				this.events.tell(new LockEvent.RenewalRefused(this.lock, this.lease.toString()));
			}
			call.end(this.serial, result);
		}
	}

	/** An operator has revoked the lease: whoever wants to keep it is told. */
	void endAsRevoked(String reason) {
		end(take(this.renews), new RenewResult.Revoked(reason));
		acquires().forEach((call) -> end(call, new AcquireResult.Revoked(reason)));
	}

	private void answered(Call.Acquire call, LockEvent.Outcome outcome) {
		Duration waited = Duration.ofNanos(this.now.getAsLong() - call.arrival());
		this.events.tell(new LockEvent.Answered(this.lock, outcome, waited));
	}

	void failAll(Throwable failure) {
		for (Call.Acquire call : take(this.acquires)) {
			answered(call, LockEvent.Outcome.UNAVAILABLE);
			call.fail(this.serial, failure);
		}
		take(this.renews).forEach((call) -> call.fail(this.serial, failure));
		take(this.releases).forEach((call) -> call.fail(this.serial, failure));
	}

	/**
	 * A write for these calls has committed: until a TTL after the last of them came,
	 * nobody takes the node away.
	 */
	static void vouch(QueueNode node, LeaseData data, List<? extends Call<?>> calls) {
		calls.stream()
			.map(Call::arrival)
			.max(Comparator.naturalOrder())
			.ifPresent((arrival) -> node.vouch(arrival, data.ttlNanos()));
	}

	private static <C> List<C> take(List<C> calls) {
		List<C> taken = List.copyOf(calls);
		calls.clear();
		return taken;
	}

}
