package io.roster.lockservice.api;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * One HTTP call whose answer is a future: no thread waits for it. Whatever comes first is
 * the answer; when the call has ended, the future is cancelled.
 *
 * @param outcome what is waited for
 * @param answer what Spring MVC sends when it is set
 */
record PendingCall(CompletableFuture<?> outcome, DeferredResult<ResponseEntity<Object>> answer) {

	/** Beyond the bound of the queues, which answer by themselves. */
	private static final Duration LATEST = Duration.ofSeconds(10);

	static <T> PendingCall of(CompletableFuture<T> outcome, Duration bound, Function<T, ResponseEntity<Object>> form) {
		DeferredResult<ResponseEntity<Object>> answer = new DeferredResult<>(bound.plus(LATEST).toMillis());
		answer.onTimeout(() -> answer.setResult(Answers.unavailable("There was no answer in time.", 1)));
		answer.onCompletion(() -> outcome.cancel(false));
		CompletableFuture<?> unused = outcome.whenComplete((result, failure) -> settle(answer, form, result, failure));
		return new PendingCall(outcome, answer);
	}

	private static <T> void settle(DeferredResult<ResponseEntity<Object>> answer,
			Function<T, ResponseEntity<Object>> form, @Nullable T result, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof CancellationException) {
			return;
		}
		if (cause != null) {
			answer.setErrorResult(cause);
		}
		else if (result != null) {
			answer.setResult(form.apply(result));
		}
	}

}
