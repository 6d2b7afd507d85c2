package io.roster.discovery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who waits for the data that is desired now to be written.
 */
final class Waiters {

	private final List<CompletableFuture<Void>> waiting = new CopyOnWriteArrayList<>();

	void add(CompletableFuture<Void> waiter) {
		this.waiting.add(waiter);
	}

	void complete() {
		this.waiting.forEach((each) -> each.complete(null));
		this.waiting.clear();
	}

}
