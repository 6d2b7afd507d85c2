package io.roster.discovery.balance;

import java.util.function.Consumer;

/**
 * A request in flight, from {@link LeastRequests#begin}. The first of its methods ends
 * it; any further call does nothing, so that it can be ended on every path out of a
 * request. Safe for use by many threads.
 */
public final class Call implements AutoCloseable {

	private final Consumer<Outcome> end;

	Call(Consumer<Outcome> end) {
		this.end = end;
	}

	/**
	 * The instance has answered, with whatever status.
	 */
	public void answered() {
		this.end.accept(Outcome.ANSWERED);
	}

	/**
	 * The instance could not be connected to, or closed the connection before a byte of
	 * an answer: it is passed over for a while.
	 */
	public void refused() {
		this.end.accept(Outcome.REFUSED);
	}

	/**
	 * The request has ended in a way that says nothing about the instance: it was
	 * cancelled, or took too long.
	 */
	@Override
	public void close() {
		this.end.accept(Outcome.UNKNOWN);
	}

	enum Outcome {

		ANSWERED, REFUSED, UNKNOWN

	}

}
