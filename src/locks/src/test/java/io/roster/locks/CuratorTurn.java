package io.roster.locks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Mutexes.Turn;
import org.apache.curator.framework.recipes.locks.InterProcessLock;

/**
 * A thread that takes a lock by one of Curator's recipes and gives it back when told.
 */
final class CuratorTurn implements Turn {

	private final CompletableFuture<Void> begun = new CompletableFuture<>();

	private final CompletableFuture<Void> giveBack = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Thread thread;

	CuratorTurn(InterProcessLock lock) {
		this.thread = new Thread(() -> run(lock), "curator-turn");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run(InterProcessLock lock) {
		try {
			lock.acquire();
			this.begun.complete(null);
			this.giveBack.get(120, TimeUnit.SECONDS);
			lock.release();
			this.ended.complete(null);
		}
		catch (InterruptedException ex) {
			// Curator has given the place up.
			this.ended.complete(null);
		}
		catch (Exception ex) {
			this.begun.completeExceptionally(ex);
			this.ended.completeExceptionally(ex);
		}
	}

	@Override
	public CompletableFuture<Void> begun() {
		return this.begun;
	}

	@Override
	public void end() throws Exception {
		if (!this.begun.isDone()) {
			this.thread.interrupt();
		}
		this.giveBack.complete(null);
		this.ended.get(60, TimeUnit.SECONDS);
	}

}
