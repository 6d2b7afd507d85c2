package io.roster.lockservice.api;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.roster.locks.DeclareResult;
import io.roster.locks.LockList;
import io.roster.locks.LockQueues;
import io.roster.locks.LockView;
import io.roster.lockservice.LockServiceProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The views of the queues.
 */
@Tag(name = "locks", description = "Look at the queues, with everybody in them: REST, Curator and foreign clients.")
@ApiResponse(responseCode = "503",
		description = "This replica is not connected to a quorum, or got no answer in time. Repeat the same call.",
		headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
@RestController
@RequestMapping("/api/v1/locks")
@RequiredArgsConstructor
class LockController {

	private static final String LOCKS = """
			{"revision":"4294967330","locks":[{"name":"invoice-42","kind":"MUTEX","holders":1,"waiters":2},\
			{"name":"price-list","kind":"READ_WRITE","holders":3,"waiters":0}]}""";

	private static final String QUEUE = """
			{"name":"invoice-42","kind":"MUTEX","permits":1,"revision":"4294967330","holders":[{"lock":"invoice-42",\
			"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","mode":"EXCLUSIVE","state":"HELD",\
			"position":0,"fencingToken":"4294967311","ttl":"30s","expiresInMs":21000,\
			"node":"_c_5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11-lock-0000000007","client":"rest","sinceMs":9000}],\
			"waiters":[{"lock":"invoice-42","mode":"EXCLUSIVE","state":"WAITING","position":1,\
			"node":"_c_9d3d7c11-7d0c-4a53-9c0e-6a2f6f1f3f12-lock-0000000008","client":"curator","sinceMs":3000}]}""";

	private static final String DECLARED = """
			{"name":"printers","kind":"SEMAPHORE","permits":3,"revision":"4294967330","holders":[],"waiters":[]}""";

	private static final String IN_USE = """
			{"type":"urn:roster:problem:lock-in-use","title":"The lock is in use","status":409,\
			"detail":"The lock is a MUTEX. Its kind changes only while nobody holds it or waits for it, and permits \
			become fewer only then: ask again then.","kind":"MUTEX","permits":1}""";

	private static final int MOST_PLACES = 100_000;

	private final LockQueues queues;

	private final LockServiceProperties properties;

	/** The request that is served just now: a proxy of Spring's. */
	private final HttpServletRequest http;

	@Operation(summary = "All locks with the number of their holders and waiters",
			description = "As this replica sees them, ordered by name.")
	@ApiResponse(responseCode = "200", description = "The locks.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = LockList.class),
					examples = @ExampleObject(LOCKS)))
	@GetMapping
	DeferredResult<ResponseEntity<Object>> locks() {
		return PendingCall.of(this.queues.locks(), this.properties.answerWithin(), ResponseEntity::<Object>ok).answer();
	}

	@Operation(summary = "One lock's queue",
			description = "Who holds the lock and who waits for it, in order. A view: nobody may act on it as a holder. "
					+ "A lock that nobody uses has an empty queue. A caller who is neither an operator nor the "
					+ "principal of a place sees it without lease, node and fencingToken. With a limit, only the first "
					+ "so many holders and the first so many waiters are told.")
	@ApiResponse(responseCode = "200", description = "The queue.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = LockView.class),
					examples = @ExampleObject(QUEUE)))
	@GetMapping("/{lock}")
	DeferredResult<ResponseEntity<Object>> lock(@LockName @PathVariable String lock,
			@Parameter(description = "How many of the holders and how many of the waiters, from 1 to 100000.",
					schema = @Schema(type = "integer"),
					example = "100") @RequestParam(required = false) @Nullable String limit) {
		Requester requester = Requester.of(this.http);
		long most = Numbers.parse("limit", limit, Long.MAX_VALUE, 1, MOST_PLACES);
		return PendingCall
			.of(this.queues.view(lock), this.properties.answerWithin(),
					(view) -> ResponseEntity.<Object>ok(requester.see(first(most, view))))
			.answer();
	}

	private static LockView first(long most, LockView view) {
		return new LockView(view.name(), view.kind(), view.permits(), view.revision(),
				view.holders().stream().limit(most).toList(), view.waiters().stream().limit(most).toList());
	}

	@Operation(summary = "Declare what a lock is",
			description = "An undeclared lock is what its first lease makes it, EXCLUSIVE a MUTEX and SHARED a "
					+ "READ_WRITE lock, until its queue is empty again. A declared lock keeps its kind, and its znode "
					+ "stays when nobody uses it. A lock whose queue is shared with Curator's InterProcessReadWriteLock "
					+ "must be declared, because a mutex and a read-write lock do not see each other's places. A "
					+ "semaphore has as many holders as permits, the first so many of its queue; it is always "
					+ "declared, and the fencing tokens of its holders are unique and fence nothing. Permits become "
					+ "more at any time, and waiters are let in at once. A kind changes, and permits become fewer, "
					+ "only while nobody holds the lock or waits for it.")
	@ApiResponse(responseCode = "200", description = "The lock is of this kind.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = LockView.class),
					examples = @ExampleObject(DECLARED)))
	@ApiResponse(responseCode = "409",
			description = "The lock is in use, and of another kind, or not declared yet, or has more permits.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(IN_USE)))
	@PutMapping("/{lock}")
	DeferredResult<ResponseEntity<Object>> declare(@LockName @PathVariable String lock, @RequestBody DeclareBody body) {
		Requester requester = Requester.of(this.http);
		CompletableFuture<ResponseEntity<Object>> answer = this.queues
			.declare(lock, body.parseKind(), body.parsePermits())
			.thenCompose((result) -> declared(lock, result, requester));
		return PendingCall.of(answer, this.properties.answerWithin().multipliedBy(2), Function.identity()).answer();
	}

	private CompletableFuture<ResponseEntity<Object>> declared(String lock, DeclareResult result, Requester requester) {
		return (result instanceof DeclareResult.InUse inUse) ? CompletableFuture.completedFuture(Answers.inUse(inUse))
				: this.queues.view(lock).thenApply((view) -> ResponseEntity.<Object>ok(requester.see(view)));
	}

}
