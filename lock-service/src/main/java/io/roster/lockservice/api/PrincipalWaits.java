package io.roster.lockservice.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import io.roster.lockservice.LockServiceProperties;
import io.roster.lockservice.problem.Problem;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * How many calls of each principal wait at this replica. A principal who forgets to stop
 * asking takes the connections of all others; who is not asked for credentials is not
 * told from others, and so not limited.
 */
@Component
@RequiredArgsConstructor
class PrincipalWaits {

	private final LockServiceProperties properties;

	private final ConcurrentMap<String, Integer> waits = new ConcurrentHashMap<>();

	/**
	 * Makes a call that may wait, and counts it until it is answered.
	 * @param principal whose it is, or {@code null} for nobody's in particular
	 * @param call makes it
	 * @return its outcome
	 * @throws TooManyWaitsException if as many wait as may; the call was not made then
	 */
	<T> CompletableFuture<T> count(@Nullable String principal, Supplier<CompletableFuture<T>> call) {
		int limit = this.properties.maxWaitsPerPrincipal();
		if (principal == null || limit == 0) {
			return call.get();
		}
		enter(principal, limit);
		CompletableFuture<T> outcome = null;
		try {
			outcome = call.get();
			CompletableFuture<T> unused = outcome.whenComplete((result, failure) -> leave(principal));
			return outcome;
		}
		finally {
			if (outcome == null) {
				leave(principal);
			}
		}
	}

	private void enter(String principal, int limit) {
		this.waits.compute(principal, (name, count) -> {
			int others = (count != null) ? count : 0;
			if (others >= limit) {
				throw new TooManyWaitsException(principal, limit);
			}
			return others + 1;
		});
	}

	private void leave(String principal) {
		this.waits.computeIfPresent(principal, (name, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * As many calls of a principal wait as may.
	 */
	static final class TooManyWaitsException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int limit;

		TooManyWaitsException(String principal, int limit) {
			super("%d calls of %s wait at this replica already.".formatted(limit, principal), null, false, false);
			this.limit = limit;
		}

		ProblemDetail problem() {
			ProblemDetail problem = Problem.TOO_MANY_WAITS.because(String.valueOf(getMessage()));
			problem.setProperty("limit", this.limit);
			return problem;
		}

	}

}
