package io.roster.lockservice.api;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.roster.lockservice.LockServiceProperties;
import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.LockNames;
import io.roster.locks.LockQueues;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The calls about leases.
 */
@RestController
@RequiredArgsConstructor
class LeaseController implements LeaseApi {

	private final LockQueues queues;

	private final WaitingCalls waitingCalls;

	private final LockServiceProperties properties;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	@Override
	public DeferredResult<ResponseEntity<Object>> acquire(String lock, String lease, @Nullable AcquireBody body) {
		return acquire(lock, LockNames.parseLease(lease), body, Answers::acquired);
	}

	@Override
	public DeferredResult<ResponseEntity<Object>> acquireAnonymously(String lock, @Nullable AcquireBody body) {
		UUID lease = UUID.randomUUID();
		return acquire(lock, lease, body, (result) -> located(lock, lease, Answers.acquired(result)));
	}

	private DeferredResult<ResponseEntity<Object>> acquire(String lock, UUID lease, @Nullable AcquireBody body,
			Function<AcquireResult, ResponseEntity<Object>> form) {
		AcquireRequest request = ((body != null) ? body : AcquireBody.EMPTY).toRequest(lock, lease,
				this.properties.defaultTtl());
		CompletableFuture<AcquireResult> outcome = this.queues.acquire(request);
		return this.waitingCalls.add(request, PendingCall.of(outcome, bound().plus(request.maxWait()), form),
				this.http.getServletConnection().getConnectionId());
	}

	private static ResponseEntity<Object> located(String lock, UUID lease, ResponseEntity<Object> answer) {
		if (!answer.getStatusCode().is2xxSuccessful()) {
			return answer;
		}
		URI location = UriComponentsBuilder.fromPath("/api/v1/locks/{lock}/leases/{lease}").encode().build(lock, lease);
		HttpStatus status = (answer.getStatusCode() == HttpStatus.OK) ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
		return ResponseEntity.status(status).location(location).body(answer.getBody());
	}

	@Override
	public DeferredResult<ResponseEntity<Object>> renew(String lock, String lease, @Nullable RenewBody body) {
		String token = (body != null) ? body.fencingToken() : null;
		return answer(this.queues.renew(lock, LockNames.parseLease(lease), token), Answers::renewed);
	}

	@Override
	public DeferredResult<ResponseEntity<Object>> find(String lock, String lease) {
		return answer(this.queues.find(lock, LockNames.parseLease(lease)), Answers::found);
	}

	@Override
	public DeferredResult<ResponseEntity<Object>> release(String lock, String lease, @Nullable String force,
			@Nullable String reason) {
		UUID id = LockNames.parseLease(lease);
		return Reasons.isForced(force, reason)
				? answer(this.queues.force(lock, id, Reasons.check(reason)), Answers::forced)
				: answer(this.queues.release(lock, id), Answers::released);
	}

	@Override
	public DeferredResult<ResponseEntity<Object>> revoke(String lock, String lease, RevokeBody body) {
		return answer(this.queues.revoke(lock, LockNames.parseLease(lease), body.checkedReason()), Answers::revoked);
	}

	private <T> DeferredResult<ResponseEntity<Object>> answer(CompletableFuture<T> outcome,
			Function<T, ResponseEntity<Object>> form) {
		return PendingCall.of(outcome, bound(), form).answer();
	}

	private Duration bound() {
		return this.properties.answerWithin();
	}

}
