package io.roster.discovery.balance;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

/**
 * The server with the fewest requests gets the newest one. Compared are the requests in
 * flight, then the number served in all; both as this consumer has seen them. Of up to
 * {@value #EXACT_UP_TO} instances all are compared; of more, two that are drawn at
 * random, which loads the fullest hardly more than the comparison of all would
 * (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001), at a cost
 * that does not grow.
 * <p>
 * A newcomer starts at the lowest total of the others, so that it is not flooded. An
 * instance that refuses a connection is passed over for a short, growing time, unless all
 * are. Counts belong to an instance's identity and are forgotten when it is gone.
 * <p>
 * One object balances one service, for as long as the consumer runs. Safe for use by many
 * threads: a choice and its count are one step, so that requests which arrive together
 * are spread too. Nothing blocks.
 *
 * @param <T> what stands for an instance
 */
public final class LeastRequests<T> {

	static final int EXACT_UP_TO = 32;

	private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

	private final Function<? super T, ?> identity;

	private final LongSupplier ticker;

	private final IntUnaryOperator random;

	private final Map<Object, Load> loads = new HashMap<>();

	private long sweptAt;

	/**
	 * Balances by the system's monotonic clock.
	 * @param identity what an instance is counted under, with {@code equals} and
	 * {@code hashCode}: it must tell an instance from a later one of the same name
	 */
	public LeastRequests(Function<? super T, ?> identity) {
		this(identity, System::nanoTime, (bound) -> ThreadLocalRandom.current().nextInt(bound));
	}

	/**
	 * Balances by a clock and a chance that are given.
	 * @param identity what an instance is counted under
	 * @param ticker monotonic nanoseconds
	 * @param random gives a number from 0 up to, and without, its argument
	 */
	public LeastRequests(Function<? super T, ?> identity, LongSupplier ticker, IntUnaryOperator random) {
		this.identity = identity;
		this.ticker = ticker;
		this.random = random;
		this.sweptAt = ticker.getAsLong();
	}

	/**
	 * Chooses the instance for one request, and counts it as served by it.
	 * @param instances the instances that are there now, in any order
	 * @return one of them; empty only when there are none
	 */
	public synchronized Optional<T> choose(List<T> instances) {
		if (instances.isEmpty()) {
			return Optional.empty();
		}
		long now = this.ticker.getAsLong();
		forgetTheGone(instances, now);
		T chosen = (instances.size() <= EXACT_UP_TO) ? leastOfAll(instances, now) : leastOfTwo(instances, now);
		load(chosen, instances, now).chosen(now);
		return Optional.of(chosen);
	}

	/**
	 * Counts a request as in flight.
	 * @param instance an instance that was chosen here; for any other nothing is counted
	 * @return ends the count
	 */
	public synchronized Call begin(T instance) {
		Load load = this.loads.get(identityOf(instance));
		if (load == null) {
			return new Call((outcome) -> {
			});
		}
		load.begun();
		long begunAt = this.ticker.getAsLong();
		AtomicBoolean ended = new AtomicBoolean();
		return new Call((outcome) -> {
			if (ended.compareAndSet(false, true)) {
				end(load, begunAt, outcome);
			}
		});
	}

	private synchronized void end(Load load, long begunAt, Call.Outcome outcome) {
		load.ended();
		switch (outcome) {
			case ANSWERED -> load.answered(begunAt);
			case REFUSED -> load.refused(this.ticker.getAsLong());
			case UNKNOWN -> {
			}
		}
	}

	/**
	 * How many requests are in flight.
	 * @param instance an instance
	 * @return the requests that have begun and not ended
	 */
	public synchronized int inFlight(T instance) {
		Load load = this.loads.get(identityOf(instance));
		return (load != null) ? load.inFlight() : 0;
	}

	private T leastOfTwo(List<T> instances, long now) {
		int first = this.random.applyAsInt(instances.size());
		int second = this.random.applyAsInt(instances.size() - 1);
		T one = instances.get(first);
		T other = instances.get((second < first) ? second : second + 1);
		T less = isLess(other, one, instances, now) ? other : one;
		return load(less, instances, now).isPassedOver(now) ? leastOfAll(instances, now) : less;
	}

	/**
	 * Starts at random, so that consumers which start together do not all begin with the
	 * same instance.
	 */
	private T leastOfAll(List<T> instances, long now) {
		int start = this.random.applyAsInt(instances.size());
		T least = instances.get(start);
		for (int i = 1; i < instances.size(); i++) {
			T instance = instances.get((start + i) % instances.size());
			if (isLess(instance, least, instances, now)) {
				least = instance;
			}
		}
		return least;
	}

	private boolean isLess(T instance, T than, List<T> instances, long now) {
		return load(instance, instances, now).isLessThan(load(than, instances, now), now);
	}

	private Load load(T instance, List<T> instances, long now) {
		Object key = identityOf(instance);
		Load load = this.loads.get(key);
		if (load == null) {
			load = new Load(lowestTotal(instances), now);
			this.loads.put(key, load);
		}
		return load;
	}

	/**
	 * Of a large list a part is looked at, from a random place on.
	 */
	private long lowestTotal(List<T> instances) {
		int start = this.random.applyAsInt(instances.size());
		long lowest = Long.MAX_VALUE;
		for (int i = 0; i < Math.min(instances.size(), EXACT_UP_TO); i++) {
			Load load = this.loads.get(identityOf(instances.get((start + i) % instances.size())));
			lowest = (load != null) ? Math.min(lowest, load.total()) : lowest;
		}
		return (lowest != Long.MAX_VALUE) ? lowest : 0;
	}

	/**
	 * A list may be a filtered one: what is missing in it is forgotten only when it has
	 * not been chosen for a while either.
	 */
	private void forgetTheGone(Collection<T> instances, long now) {
		if (this.loads.size() <= instances.size() || now - this.sweptAt < FORGET_AFTER) {
			return;
		}
		this.sweptAt = now;
		Set<Object> there = new HashSet<>();
		instances.forEach((instance) -> there.add(identityOf(instance)));
		this.loads.entrySet()
			.removeIf((entry) -> !there.contains(entry.getKey()) && entry.getValue().isIdleSince(now - FORGET_AFTER));
	}

	private Object identityOf(T instance) {
		return this.identity.apply(instance);
	}

	synchronized int size() {
		return this.loads.size();
	}

}
