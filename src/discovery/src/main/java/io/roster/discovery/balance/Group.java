package io.roster.discovery.balance;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Instances that compete for a request. Of up to {@value #EXACT_UP_TO} all are compared,
 * of more two that are drawn at random, each as likely as its weight says.
 *
 * @param <T> what stands for an instance
 */
final class Group<T> {

	static final int EXACT_UP_TO = 32;

	private final List<Entry<T>> entries;

	private final LongUnaryOperator random;

	/** The weights of the first n + 1 entries together. */
	private final long[] cumulated;

	Group(List<Entry<T>> entries, LongUnaryOperator random) {
		this.entries = entries;
		this.random = random;
		this.cumulated = new long[entries.size()];
		long sum = 0;
		for (int i = 0; i < this.cumulated.length; i++) {
			sum += entries.get(i).load().weight();
			this.cumulated[i] = sum;
		}
	}

	/**
	 * The one with the fewest requests that is not passed over.
	 * @return {@code null} if all are passed over, or there is none
	 */
	@Nullable Entry<T> leastUsable(long now) {
		if (this.entries.isEmpty()) {
			return null;
		}
		Entry<T> least = (this.entries.size() > EXACT_UP_TO) ? leastOfTwo(now) : leastOfAll(now);
		if (least.load().isPassedOver(now) && this.entries.size() > EXACT_UP_TO) {
			least = leastOfAll(now);
		}
		return least.load().isPassedOver(now) ? null : least;
	}

	/**
	 * Starts at random, so that consumers which start together do not all begin with the
	 * same instance.
	 */
	Entry<T> leastOfAll(long now) {
		int start = (int) this.random.applyAsLong(this.entries.size());
		Entry<T> least = this.entries.get(start);
		letTakePart(least, now);
		for (int i = 1; i < this.entries.size(); i++) {
			Entry<T> entry = this.entries.get((start + i) % this.entries.size());
			letTakePart(entry, now);
			if (entry.load().isLessThan(least.load(), now)) {
				least = entry;
			}
		}
		return least;
	}

	private Entry<T> leastOfTwo(long now) {
		long all = this.cumulated[this.cumulated.length - 1];
		int first = at(this.random.applyAsLong(all));
		long weight = this.entries.get(first).load().weight();
		long drawn = this.random.applyAsLong(all - weight);
		int second = at((drawn < this.cumulated[first] - weight) ? drawn : drawn + weight);
		Entry<T> one = this.entries.get(first);
		Entry<T> other = this.entries.get(second);
		letTakePart(one, now);
		letTakePart(other, now);
		return other.load().isLessThan(one.load(), now) ? other : one;
	}

	/** The entry into whose part of the weights a number falls. */
	private int at(long drawn) {
		int found = Arrays.binarySearch(this.cumulated, drawn + 1);
		return (found >= 0) ? found : -found - 1;
	}

	private void letTakePart(Entry<T> entry, long now) {
		if (entry.load().isBehind() && !entry.load().isPassedOver(now)) {
			entry.load().catchUp(lowestShare(entry));
		}
	}

	/** Those of another zone, or of weight 0, may have been served less: no measure. */
	private double lowestShare(Entry<T> newcomer) {
		double lowest = Double.POSITIVE_INFINITY;
		for (Entry<T> entry : this.entries) {
			if (newcomer.isPeerOf(entry) && !entry.load().isBehind()) {
				lowest = Math.min(lowest, entry.load().share());
			}
		}
		return (lowest != Double.POSITIVE_INFINITY) ? lowest : 0;
	}

	/**
	 * An instance of one list.
	 */
	record Entry<T>(T instance, Load load, boolean near) {

		boolean isPeerOf(Entry<T> other) {
			return this.near == other.near && (this.load.weight() == 0) == (other.load.weight() == 0);
		}

	}

}
