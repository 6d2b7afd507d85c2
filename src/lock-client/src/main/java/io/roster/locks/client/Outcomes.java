package io.roster.locks.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Waits for calls, and says how they ended.
 */
final class Outcomes {

	private Outcomes() {
	}

	/** Waits for an acquisition, which is given up if the thread is interrupted. */
	static Optional<HeldLock> granted(CompletableFuture<Optional<HeldLock>> acquisition) throws InterruptedException {
		try {
			return await(acquisition);
		}
		catch (InterruptedException ex) {
			if (!acquisition.cancel(true)) {
				// It was granted in the same moment.
				var unused = acquisition.thenAccept((granted) -> granted.ifPresent(HeldLock::closeInBackground));
			}
			throw ex;
		}
	}

	/**
	 * Waits for an answer.
	 */
	static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw known(ex.getCause());
		}
	}

	/** The exception that a failed call means to the caller. */
	static RuntimeException known(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof LockException || cause instanceof IllegalStateException) ? (RuntimeException) cause
				: new LockUnavailableException("the call failed: " + cause, cause);
	}

}
