package io.roster.acceptance.benchmark;

import java.time.Duration;

/**
 * The load balancer of a consumer of one service, whose instances are known by their
 * ports.
 * <p>
 * It is looked at again and again, without a pause: the shortest one that Linux makes by
 * default is of a tenth of a millisecond, a third of what is measured here. In between
 * the processor is left to whoever wants it.
 */
interface Chooser extends AutoCloseable {

	/** As many as a consumer of the benchmarks knows, so that each gets its turn. */
	int TURNS = 64;

	/**
	 * Chooses an instance for a request.
	 * @return its port, -1 if there is none
	 */
	int choose();

	/**
	 * Whether an instance is in the list of which {@link #choose()} takes one at each
	 * call.
	 */
	boolean lists(int port);

	@Override
	void close();

	/** When an instance was chosen first. */
	default long awaitChosen(int port, Duration bound) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < bound.toNanos()) {
			for (int turn = 0; turn < TURNS; turn++) {
				if (choose() == port) {
					return System.nanoTime();
				}
			}
			Thread.yield();
		}
		throw new IllegalStateException(this + " has not chosen " + port + " in " + bound);
	}

	/** When an instance could be chosen no more. */
	default long awaitGone(int port, Duration bound) {
		long start = System.nanoTime();
		while (lists(port)) {
			if (System.nanoTime() - start > bound.toNanos()) {
				throw new IllegalStateException(this + " still lists " + port + " after " + bound);
			}
			Thread.yield();
		}
		long gone = System.nanoTime();
		for (int turn = 0; turn < TURNS; turn++) {
			if (choose() == port) {
				throw new IllegalStateException(this + " has chosen " + port + ", which it does not list");
			}
		}
		return gone;
	}

}
