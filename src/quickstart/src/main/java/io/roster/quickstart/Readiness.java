package io.roster.quickstart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

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
	 * Waits for all.
	 * @param processes that must be alive all the while
	 * @param bound from the construction of this object
	 * @throws DemoException if a process has ended, or the bound has passed; the message
	 * names what is missing
	 */
	void await(List<Check> checks, List<DemoProcess> processes, Duration bound) throws InterruptedException {
		List<Check> missing = new ArrayList<>(checks);
		while (!missing.isEmpty()) {
			processes.forEach(Readiness::requireAlive);
			for (Check check : List.copyOf(missing)) {
				if (check.question().isAnswered()) {
					missing.remove(check);
					this.console.event(check.told());
				}
			}
			if (elapsed().compareTo(bound) > 0) {
				throw new DemoException("Not ready after " + bound.toSeconds() + " s; still missing: "
						+ missing.stream().map(Check::told).collect(Collectors.joining("; ")));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
		}
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
