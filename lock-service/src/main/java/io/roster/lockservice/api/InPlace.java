package io.roster.lockservice.api;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Waits a moment for an outcome on the thread that has brought the call. Most outcomes
 * come within milliseconds, when the ensemble has committed a write. To give the thread
 * back for so short a time, and to go through filters and Spring MVC once more with the
 * answer, costs more than the call. What takes longer holds no thread; nor does any call
 * while many wait so.
 */
@Component
class InPlace {

	private static final Duration MOMENT = Duration.ofMillis(50);

	/** Half of the threads that Tomcat has by default. */
	private static final int THREADS = 100;

	private final Semaphore threads = new Semaphore(THREADS);

	/**
	 * Blocks until the outcome is there, for a moment at most.
	 * @param outcome what is waited for
	 * @return whether it is there now, well or not
	 */
	boolean await(CompletableFuture<?> outcome) {
		if (outcome.isDone() || !this.threads.tryAcquire()) {
			return outcome.isDone();
		}
		try {
			outcome.get(MOMENT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException | CancellationException ex) {
			// the outcome itself tells
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.threads.release();
		}
		return outcome.isDone();
	}

	/**
	 * The answer to a call whose outcome is there.
	 * @param outcome has ended
	 * @param form what it looks like over HTTP
	 * @return the answer
	 * @throws RuntimeException the failure, if it has failed
	 */
	static <T> ResponseEntity<Object> answer(CompletableFuture<T> outcome, Function<T, ResponseEntity<Object>> form) {
		try {
			return form.apply(outcome.join());
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
		}
	}

}
