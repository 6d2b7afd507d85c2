package io.roster.lockservice.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.roster.lockservice.LockServiceProperties;
import io.roster.locks.LockNames;
import io.roster.locks.LockQueues;
import io.roster.locks.MultiClaim;
import io.roster.locks.MultiRequest;
import io.roster.locks.MultiResult;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls about leases of several locks.
 */
@RestController
@RequiredArgsConstructor
class MultiLockController implements MultiLockApi {

	private final LockQueues queues;

	private final WaitingCalls waitingCalls;

	private final PrincipalWaits principalWaits;

	private final InPlace inPlace;

	private final LockServiceProperties properties;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	@Override
	public Object acquire(MultiAcquireBody body) {
		Requester requester = Requester.of(this.http);
		MultiRequest request = body.toRequest(requester, this.properties.defaultTtl());
		CompletableFuture<MultiResult> outcome = request.maxWait().isZero() ? this.queues.acquire(request)
				: this.principalWaits.count(requester.principal(), () -> this.queues.acquire(request));
		Function<MultiResult, ResponseEntity<Object>> answer = (result) -> MultiAnswers.acquired(result, requester);
		if (this.inPlace.await(outcome)) {
			return InPlace.answer(outcome, answer);
		}
		PendingCall call = PendingCall.of(outcome, this.properties.answerWithin().plus(request.maxWait()), answer);
		return this.waitingCalls.add(request, call, this.http.getServletConnection().getConnectionId());
	}

	@Override
	public Object renew(String lease, @Nullable RenewBody body) {
		String token = (body != null) ? body.fencingToken() : null;
		return answer(this.queues.renew(claim(lease), token), MultiAnswers::found);
	}

	@Override
	public Object find(String lease) {
		return answer(this.queues.find(claim(lease)), MultiAnswers::found);
	}

	@Override
	public Object release(String lease) {
		return answer(this.queues.release(claim(lease)), Answers::released);
	}

	private MultiClaim claim(String lease) {
		return new MultiClaim(LockNames.parseLease(lease), Requester.of(this.http).principal());
	}

	private <T> Object answer(CompletableFuture<T> outcome, Function<T, ResponseEntity<Object>> form) {
		return this.inPlace.await(outcome) ? InPlace.answer(outcome, form)
				: PendingCall.of(outcome, this.properties.answerWithin(), form).answer();
	}

}
