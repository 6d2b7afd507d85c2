package io.roster.locks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The calls about one lease that wait for their answers at this replica. Confined to the
 * replica's {@link Serial}.
 */
final class SeatCalls {

	private final Serial serial;

	private final List<Call.Acquire> acquires = new ArrayList<>();

	private final List<Call.Renew> renews = new ArrayList<>();

	private final List<Call<ReleaseResult>> releases = new ArrayList<>();

	SeatCalls(Serial serial) {
		this.serial = serial;
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

	void remove(Call<?> call) {
		this.acquires.remove(call);
		this.renews.remove(call);
		this.releases.remove(call);
	}

	/** A copy. */
	List<Call.Acquire> acquires() {
		return List.copyOf(this.acquires);
	}

	/** A copy. */
	List<Call.Renew> renews() {
		return List.copyOf(this.renews);
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

	void endReleases(ReleaseResult result) {
		take(this.releases).forEach((call) -> call.end(this.serial, result));
	}

	void endRenewsAsGone() {
		take(this.renews).forEach((call) -> call.end(this.serial, new RenewResult.Gone()));
	}

	void end(Call.Acquire call, AcquireResult result) {
		if (this.acquires.remove(call)) {
			call.end(this.serial, result);
		}
	}

	void end(Call.Renew call, RenewResult result) {
		if (this.renews.remove(call)) {
			call.end(this.serial, result);
		}
	}

	void failAll(Throwable failure) {
		take(this.acquires).forEach((call) -> call.fail(this.serial, failure));
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
