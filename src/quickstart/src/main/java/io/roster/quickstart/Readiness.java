package io.roster.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits until everything that was started answers. */
final class Readiness {

	private static final long PAUSE_MS = 200;

	private final LongSupplier ticker;

	private final Console console;

	private final long startedAt;

	Readiness(LongSupplier ticker, Console console) {
		this.ticker = ticker;
		this.console = console;
		this.startedAt = ticker.getAsLong();
	}

	/**
	 * Waits for one after the other, because questions cost time that is needed for what
	 * they ask for.
	 * @param processes that must be alive all the while
	 * @param bound from the construction of this object
	 * @throws DemoException if a process has ended, or the bound has passed; the message
	 * names what is missing
	 */
	void await(List<Check> checks, List<DemoProcess> processes, Duration bound) throws InterruptedException {
		for (Check check : checks) {
			while (!check.question().isAnswered()) {
				processes.forEach(Readiness::requireAlive);
				if (elapsed().compareTo(bound) > 0) {
					throw new DemoException("Not ready after " + bound.toSeconds() + " s; missing: " + missing(checks));
				}
				TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
			}
			this.console.event(check.told());
		}
	}

	private static String missing(List<Check> checks) throws InterruptedException {
		List<String> missing = new ArrayList<>();
		for (Check check : checks) {
			if (!check.question().isAnswered()) {
				missing.add(check.told());
			}
		}
		return String.join("; ", missing);
	}

	Duration elapsed() {
		return Duration.ofNanos(this.ticker.getAsLong() - this.startedAt);
	}

	private static void requireAlive(DemoProcess process) {
		if (!process.isAlive()) {
			throw new DemoException(
					process.name() + " " + process.ending() + " before it was ready. The end of its log, "
							+ process.log() + ":" + System.lineSeparator() + process.lastWords());
		}
	}

	/**
	 * One thing to wait for.
	 *
	 * @param told what is shown when it has come about
	 * @param question whether it has
	 */
	record Check(String told, Question question) {
	}

	/** Asked again and again until it is answered. */
	@FunctionalInterface
	interface Question {

		boolean isAnswered() throws InterruptedException;

	}

}
