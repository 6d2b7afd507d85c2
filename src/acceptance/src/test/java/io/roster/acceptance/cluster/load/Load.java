package io.roster.acceptance.cluster.load;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One kind of client: makes calls until it is told that the load is over.
 */
abstract class Load {

	/** How long a call is made again and again before it counts as failed. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final String name;

	private final Tally tally = new Tally(System::nanoTime);

	Load(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	Tally tally() {
		return this.tally;
	}

	/** Makes calls until it is over. One thread or several run this. */
	abstract void run(BooleanSupplier over);

	/** How many threads are to run it. */
	int threads() {
		return 1;
	}

	/** Whether it has made enough calls to be called running. */
	boolean isWarm() {
		return this.tally.done() >= 5;
	}

	/**
	 * Makes one call, again while it fails.
	 * @param attempt says what went wrong, {@code null} for nothing
	 */
	void insist(Supplier<@Nullable String> attempt) {
		long began = this.tally.now();
		while (true) {
			String wrong = attempt.get();
			if (wrong == null) {
				this.tally.succeeded(began);
				return;
			}
			this.tally.retried();
			if (this.tally.now() - began > PATIENCE.toNanos()) {
				this.tally.failed(wrong);
				return;
			}
			pause(PAUSE);
		}
	}

	static void pause(Duration time) {
		LockSupport.parkNanos(time.toNanos());
	}

}
