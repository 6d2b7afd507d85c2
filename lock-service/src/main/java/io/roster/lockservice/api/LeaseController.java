package io.roster.lockservice.api;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.roster.lockservice.LockServiceProperties;
import io.roster.locks.AcquireRequest;
import io.roster.locks.AcquireResult;
import io.roster.locks.Claim;
import io.roster.locks.LockNames;
import io.roster.locks.LockQueues;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The calls about leases.
 */
@RestController
@RequiredArgsConstructor
class LeaseController implements LeaseApi {

	private final LockQueues queues;

	private final WaitingCalls waitingCalls;

	private final PrincipalWaits principalWaits;

	private final InPlace inPlace;

	private final LockServiceProperties properties;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	@Override
	public Object acquire(String lock, String lease, @Nullable AcquireBody body) {
		return acquire(lock, LockNames.parseLease(lease), body, UnaryOperator.identity());
	}

	@Override
	public Object acquireAnonymously(String lock, @Nullable AcquireBody body) {
		UUID lease = UUID.randomUUID();
		return acquire(lock, lease, body, (answer) -> located(lock, lease, answer));
	}

	private Object acquire(String lock, UUID lease, @Nullable AcquireBody body,
			UnaryOperator<ResponseEntity<Object>> form) {
		Requester requester = requester();
		AcquireRequest request = ((body != null) ? body : AcquireBody.EMPTY).toRequest(requester.claim(lock, lease),
				this.properties.defaultTtl());
		CompletableFuture<AcquireResult> outcome = request.maxWait().isZero() ? this.queues.acquire(request)
				: this.principalWaits.count(requester.principal(), () -> this.queues.acquire(request));
		Function<AcquireResult, ResponseEntity<Object>> answer = (result) -> form
			.apply(Answers.acquired(result, requester));
		if (this.inPlace.await(outcome)) {
			return InPlace.answer(outcome, answer);
		}
		PendingCall call = PendingCall.of(outcome, bound().plus(request.maxWait()), answer);
		return this.waitingCalls.add(request, call, this.http.getServletConnection().getConnectionId());
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
	public Object renew(String lock, String lease, @Nullable RenewBody body) {
		String token = (body != null) ? body.fencingToken() : null;
		return answer(this.queues.renew(claim(lock, lease), token), Answers::renewed);
	}

	@Override
	public Object find(String lock, String lease) {
		return answer(this.queues.find(claim(lock, lease)), Answers::found);
	}

	@Override
	public Object release(String lock, String lease, @Nullable String force, @Nullable String reason) {
		Claim claim = claim(lock, lease);
		return Reasons.isForced(force, reason)
				? answer(this.queues.force(lock, claim.lease(), Reasons.check(reason)), Answers::forced)
				: answer(this.queues.release(claim), Answers::released);
	}

	@Override
	public Object revoke(String lock, String lease, RevokeBody body) {
		return answer(this.queues.revoke(lock, LockNames.parseLease(lease), body.checkedReason()), Answers::revoked);
	}

	private Claim claim(String lock, String lease) {
		return requester().claim(lock, LockNames.parseLease(lease));
	}

	private Requester requester() {
		return Requester.of(this.http);
	}

	private <T> Object answer(CompletableFuture<T> outcome, Function<T, ResponseEntity<Object>> form) {
		return this.inPlace.await(outcome) ? InPlace.answer(outcome, form)
				: PendingCall.of(outcome, bound(), form).answer();
	}

	private Duration bound() {
		return this.properties.answerWithin();
	}

}
