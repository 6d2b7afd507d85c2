package io.roster.locks;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The transactions that are sent behind each other without waiting for an answer.
 */
final class Sending {

	/** A common transaction ends here, far below ZooKeeper's {@code jute.maxbuffer}. */
	static final int MAX_BYTES = 64 * 1024;

	static final int MAX_WRITES = 250;

	/** The rest goes with the next sending. */
	static final int MAX_TRANSACTIONS = 100;

	private final List<Transaction> common = new ArrayList<>();

	private final List<List<Write>> alone = new ArrayList<>();

	/** By the path of a lock, the first transaction that may have its next create. */
	private final Map<String, Integer> creates = new HashMap<>();

	private int unanswered;

	private Sending() {
	}

	/**
	 * Packs writes, each into the first transaction in which it may be. A create of a
	 * lock that is not known goes alone: where that has no znode yet it is refused, and
	 * would take the others with it.
	 * @param collected in the order in which they came; those that are packed are taken
	 * out
	 * @param known whether the znode of a lock is known to be there
	 * @return one transaction at least
	 */
	static Sending of(Deque<Write> collected, Predicate<String> known) {
		Sending sending = new Sending();
		while (!collected.isEmpty() && sending.add(collected.peek(), known)) {
			collected.remove();
		}
		sending.unanswered = sending.common.size() + sending.alone.size();
		return sending;
	}

	private boolean add(Write write, Predicate<String> known) {
		boolean full = this.common.size() + this.alone.size() >= MAX_TRANSACTIONS;
		if (write instanceof Write.Create create && !known.test(create.lock())) {
			return !full && this.alone.add(List.of(write));
		}
		int place = (write instanceof Write.Create create) ? this.creates.getOrDefault(create.lock(), 0) : 0;
		while (place < this.common.size() && !this.common.get(place).hasRoomFor(write)) {
			place++;
		}
		if (place == this.common.size()) {
			if (full) {
				return false;
			}
			this.common.add(new Transaction());
		}
		this.common.get(place).add(write);
		if (write instanceof Write.Create create) {
			this.creates.put(create.lock(), place + 1);
		}
		return true;
	}

	/** In the order in which they are to be sent. */
	List<List<Write>> transactions() {
		List<List<Write>> all = new ArrayList<>(this.common.size() + this.alone.size());
		this.common.forEach((transaction) -> all.add(transaction.writes));
		all.addAll(this.alone);
		return all;
	}

	/** Instead of one answer there will be many. */
	void takenApart(int writes) {
		this.unanswered += writes - 1;
	}

	/** An answer has come. */
	boolean isLastAnswer() {
		return --this.unanswered == 0;
	}

	private static final class Transaction {

		private final List<Write> writes = new ArrayList<>();

		private int bytes;

		boolean hasRoomFor(Write write) {
			return this.writes.isEmpty()
					|| (this.writes.size() < MAX_WRITES && this.bytes + write.bytes() <= MAX_BYTES);
		}

		void add(Write write) {
			this.writes.add(write);
			this.bytes += write.bytes();
		}

	}

}
