package io.roster.discovery.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

import io.roster.discovery.balance.Group.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The server with the fewest requests gets the newest one. Compared are the requests in
 * flight, then the number served in all; both as this consumer has seen them, and both
 * divided by the instance's weight. Of up to 32 instances all are compared; of more, two
 * that are drawn at random, which loads the fullest hardly more than the comparison of
 * all would (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001),
 * at a cost that does not grow.
 * <p>
 * Instances of the own zone get all requests as long as one of them is usable. An
 * instance that refuses a connection is passed over for a short, growing time. Then it
 * gets a single request, and its share again when it has answered. One of weight 0 gets
 * requests only when no other is usable. When all are passed over, all are tried: a
 * request that may fail is better than one that does for certain.
 * <p>
 * A newcomer, and one that comes back, starts at the lowest total of the others, so that
 * it is not flooded. Counts belong to an instance's identity and are forgotten when it is
 * gone.
 * <p>
 * One object balances one service, for as long as the consumer runs. Safe for use by many
 * threads: a choice and its count are one step, so that requests which arrive together
 * are spread too. Nothing blocks.
 *
 * @param <T> what stands for an instance
 */
public final class LeastRequests<T> {

	private static final long FORGET_AFTER = Duration.ofMinutes(1).toNanos();

	private final Function<? super T, Candidate> candidate;

	private final @Nullable String zone;

	private final EjectionListener<? super T> listener;

	private final LongSupplier ticker;

	private final LongUnaryOperator random;

	private final Map<Object, Load> loads = new HashMap<>();

	private Listing<T> listing;

	private long sweptAt;

	/**
	 * Balances by the system's monotonic clock.
	 * @param candidate what is to be known about an instance
	 * @param zone the consumer's own zone; {@code null} if it has none, and prefers none
	 * @param listener is told who is passed over
	 */
	public LeastRequests(Function<? super T, Candidate> candidate, @Nullable String zone,
			EjectionListener<? super T> listener) {
		this(candidate, zone, listener, System::nanoTime, (bound) -> ThreadLocalRandom.current().nextLong(bound));
	}

	/**
	 * Balances by a clock and a chance that are given.
	 * @param candidate what is to be known about an instance
	 * @param zone the consumer's own zone, or {@code null}
	 * @param listener is told who is passed over
	 * @param ticker monotonic nanoseconds
	 * @param random gives a number from 0 up to, and without, its argument
	 */
	public LeastRequests(Function<? super T, Candidate> candidate, @Nullable String zone,
			EjectionListener<? super T> listener, LongSupplier ticker, LongUnaryOperator random) {
		this.candidate = candidate;
		this.zone = zone;
		this.listener = listener;
		this.ticker = ticker;
		this.random = random;
		this.sweptAt = ticker.getAsLong();
		this.listing = new Listing<>(List.of(), List.of(), random);
	}

	/**
	 * Chooses the instance for one request, and counts it as served by it. An immutable
	 * list, of {@link List#of} or {@link List#copyOf}, is sorted out at its first use
	 * only: the cost of further calls does not grow with it.
	 * @param instances the instances that are there now, in any order
	 * @return one of them; empty only when there are none
	 */
	public synchronized Optional<T> choose(List<T> instances) {
		if (instances.isEmpty()) {
			return Optional.empty();
		}
		long now = this.ticker.getAsLong();
		List<T> there = List.copyOf(instances);
		if (!this.listing.isOf(there)) {
			this.listing = list(there, now);
		}
		forgetTheGone(now);
		Entry<T> chosen = this.listing.least(now);
		chosen.load().chosen(now);
		return Optional.of(chosen.instance());
	}

	private Listing<T> list(List<T> instances, long now) {
		Set<Load> before = new HashSet<>();
		this.listing.entries().forEach((entry) -> before.add(entry.load()));
		List<Entry<T>> entries = new ArrayList<>(instances.size());
		for (T instance : instances) {
			Candidate known = this.candidate.apply(instance);
			Load load = this.loads.computeIfAbsent(known.identity(), (identity) -> new Load(known.weight(), now));
			load.listed(known);
			if (!before.remove(load)) {
				load.listedAgain(now);
			}
			entries.add(new Entry<>(instance, load, known.isIn(this.zone)));
		}
		before.forEach((load) -> load.unlisted(now));
		return new Listing<>(instances, entries, this.random);
	}

	/**
	 * A list may be a filtered one: what is missing in it is forgotten only when it has
	 * not been chosen for a while either.
	 */
	private void forgetTheGone(long now) {
		if (this.loads.size() <= this.listing.entries().size() || now - this.sweptAt < FORGET_AFTER) {
			return;
		}
		this.sweptAt = now;
		Set<Load> there = new HashSet<>();
		this.listing.entries().forEach((entry) -> there.add(entry.load()));
		this.loads.values().removeIf((load) -> !there.contains(load) && load.isIdleSince(now - FORGET_AFTER));
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
				end(instance, load, begunAt, outcome).run();
			}
		});
	}

	/**
	 * Ends a request.
	 * @return what the listener is to be told, outside of the lock
	 */
	private synchronized Runnable end(T instance, Load load, long begunAt, Call.Outcome outcome) {
		load.ended();
		if (outcome == Call.Outcome.ANSWERED && load.answered(begunAt)) {
			return () -> this.listener.readmitted(instance);
		}
		if (outcome == Call.Outcome.REFUSED && load.refused(this.ticker.getAsLong())) {
			int refusals = load.refusals();
			Duration passedOver = load.passedOver();
			return () -> this.listener.ejected(instance, refusals, passedOver);
		}
		return () -> {
		};
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

	/**
	 * How long an instance is still passed over.
	 * @param instance an instance
	 * @return the rest of the time, zero for one that is not passed over; a suspect may
	 * be for longer
	 */
	public synchronized Duration passedOver(T instance) {
		Load load = this.loads.get(identityOf(instance));
		return (load != null) ? load.passedOverFor(this.ticker.getAsLong()) : Duration.ZERO;
	}

	private Object identityOf(T instance) {
		return this.candidate.apply(instance).identity();
	}

	synchronized int size() {
		return this.loads.size();
	}

}
