package io.roster.lockservice.api;

import io.roster.locks.Lease;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The calls about leases, as they are described to their users. Each returns its
 * {@code ResponseEntity}, or a {@code DeferredResult} of one.
 */
@Tag(name = "leases", description = "Take, keep and give back locks. Every call may be repeated, at any replica.")
@RequestMapping("/api/v1/locks/{lock}/leases")
@ApiResponse(responseCode = "400", description = "A field is wrong; nothing was changed.",
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.INVALID)))
@ApiResponse(responseCode = "403",
		description = "The lease was made with other credentials than those of this call; nothing was changed.",
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.NOT_YOURS)))
@ApiResponse(responseCode = "503",
		description = "This replica is not connected to a quorum, or got no answer in time. Repeat the same call.",
		headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
interface LeaseApi {

	/** A lease that is gone. */
	String GONE = """
			{"type":"urn:roster:problem:lease-gone","title":"The lease is gone","status":410,\
			"detail":"The lease has expired, or was given back or removed. Whatever the lock protects may be in other \
			hands: stop, and acquire it anew with a new lease."}""";

	/** A lease that an operator has revoked. */
	String REVOKED = """
			{"type":"urn:roster:problem:lease-revoked","title":"The lease was revoked","status":410,\
			"detail":"An operator has revoked the lease: the host of billing-1 is replaced. Stop what the lock protects; \
			give the lease back when that is done, and acquire it anew with a new lease.",\
			"reason":"the host of billing-1 is replaced"}""";

	/** A lease of somebody else's. */
	String NOT_YOURS = """
			{"type":"urn:roster:problem:not-your-lease","title":"The lease is another principal's","status":403,\
			"detail":"The lease was made by another principal than yours. Use it with the credentials that made it, or \
			make up a new lease; an operator may revoke or remove it. Nothing was changed."}""";

	/** A queue with no room. */
	String FULL = """
			{"type":"urn:roster:problem:queue-full","title":"Too many wait for the lock","status":429,\
			"detail":"10000 places wait for the lock already. Ask again later; roster.locks.max-waiters is the limit, \
			and nothing was changed.","limit":10000}""";

	/** A replica without an ensemble. */
	String UNAVAILABLE = """
			{"type":"urn:roster:problem:ensemble-unreachable","title":"The ensemble cannot be reached","status":503,\
			"detail":"the ensemble cannot be reached; ask again after 1s. Repeat the same call after the time in the \
			header Retry-After, here or at another replica."}""";

	/** An answer that is held. */
	String HELD = """
			{"lock":"invoice-42","lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1",\
			"mode":"EXCLUSIVE","state":"HELD","position":0,"fencingToken":"4294967311","ttl":"30s",\
			"expiresInMs":29990}""";

	/** An answer that waits. */
	String WAITING = """
			{"lock":"invoice-42","lease":"0b5ff6b4-3f0a-4f0e-8d0b-2b8a6a7f9a20","owner":"billing-2",\
			"mode":"EXCLUSIVE","state":"WAITING","position":1,"ttl":"30s","expiresInMs":30000}""";

	/** A refusal because the lock is not free. */
	String CONFLICT = """
			{"type":"urn:roster:problem:lock-held","title":"The lock is held by somebody else","status":409,\
			"detail":"The lock was not free and the request did not want to wait; it left nothing behind. \
			Ask again later, or with a wait.","holders":[{"lock":"invoice-42",\
			"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","mode":"EXCLUSIVE","state":"HELD",\
			"position":0,"fencingToken":"4294967311","ttl":"30s","expiresInMs":21000,\
			"node":"_c_5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11-lock-0000000007","client":"rest","sinceMs":9000}]}""";

	/** A refusal because the owner would wait for itself. */
	String DEADLOCK = """
			{"type":"urn:roster:problem:deadlock","title":"Waiting would be a deadlock","status":409,\
			"detail":"It would wait for itself: billing-2 waits for lock invoice-42 behind billing-1, billing-1 waits for \
			lock invoice-43 behind billing-2. Give back what the owner holds and begin anew; the request left nothing \
			behind.","cycle":{"owners":["billing-2","billing-1"],"locks":["invoice-42","invoice-43"],\
			"waits":[{"owner":"billing-2","lock":"invoice-42","for":["billing-1"]},\
			{"owner":"billing-1","lock":"invoice-43","for":["billing-2"]}]}}""";

	/** A refusal because a field is wrong. */
	String INVALID = """
			{"type":"urn:roster:problem:invalid-request","title":"The request is not valid","status":400,\
			"detail":"wait is a duration with a unit, such as 30s, 500ms, 5m or PT30S, and not '10'. \
			Correct the field and send the request again; nothing was changed.","field":"wait"}""";

	@Operation(summary = "Acquire a lock, or go on waiting for it",
			description = "Takes a place in the lock's queue, in the order of arrival, and answers when it holds the lock "
					+ "or when the wait has passed. The client makes up the lease's UUID and uses it for this one "
					+ "acquisition: the same call again is the same lease in the same place, so that a lost answer is "
					+ "repeated without harm. A lease whose DELETE was sent may only be deleted again.\n\n"
					+ "The holder counts 99% of the TTL from the moment at which it sent the call that was answered "
					+ "HELD, and stops before; with expiresInMs 0 it renews before it starts. What must never be "
					+ "written by two holders compares the fencingToken, which grows from each holder to the next.\n\n"
					+ "A client that closes its connection leaves the queue within its TTL. One that vanishes without "
					+ "a word, because its machine dies or the network is cut, leaves it when its call's wait and one "
					+ "TTL have passed: prefer short waits, repeated.")
	@ApiResponse(responseCode = "200", description = "The lease holds the lock.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "202",
			description = "The wait has passed. The place is kept for the TTL; the same call "
					+ "goes on waiting, DELETE gives the place up.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(WAITING)))
	@ApiResponse(responseCode = "409",
			description = "With a wait of 0s: the lock is not free; nothing is left behind. The holders are shown as "
					+ "GET /api/v1/locks/{lock} shows them. Or the lock's kind does not have the mode. Or, with "
					+ "onDeadlock REFUSE, the owner would wait for itself over others.",
			content = @Content(mediaType = "application/problem+json",
					examples = { @ExampleObject(name = "held", value = CONFLICT),
							@ExampleObject(name = "deadlock", value = DEADLOCK) }))
	@ApiResponse(responseCode = "410",
			description = "The lease was given back, removed or revoked while the call waited.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(GONE)))
	@ApiResponse(responseCode = "429",
			description = "As many wait as may, for the lock or at this replica with these credentials, or there are "
					+ "as many locks as may be.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(FULL)))
	@PutMapping("/{lease}")
	Object acquire(@LockName @PathVariable String lock, @LeaseId @PathVariable String lease,
			@RequestBody(required = false) @Nullable AcquireBody body);

	@Operation(summary = "Acquire a lock with a lease id made by the server",
			description = "As PUT, for a client that cannot make a UUID. An answer that is lost leaves a lease that "
					+ "nobody knows until its TTL has passed, so prefer PUT.")
	@ApiResponse(responseCode = "201", description = "The lease holds the lock.",
			headers = @Header(name = "Location", description = "the lease", schema = @Schema(type = "string")),
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "202", description = "The wait has passed. PUT to the Location goes on waiting.",
			headers = @Header(name = "Location", description = "the lease", schema = @Schema(type = "string")),
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(WAITING)))
	@ApiResponse(responseCode = "409", description = "As for PUT.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(CONFLICT)))
	@PostMapping
	Object acquireAnonymously(@LockName @PathVariable String lock,
			@RequestBody(required = false) @Nullable AcquireBody body);

	@Operation(summary = "Renew a lease for its TTL", description = "Keeps a lock that is held, or a place that waits.")
	@ApiResponse(responseCode = "200", description = "The lease lives for another TTL.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "410",
			description = "The lease is surely gone, or was revoked: the holder stops what it does.",
			content = @Content(mediaType = "application/problem+json",
					examples = { @ExampleObject(name = "gone", value = GONE),
							@ExampleObject(name = "revoked", value = REVOKED) }))
	@PostMapping("/{lease}/renew")
	Object renew(@LockName @PathVariable String lock, @LeaseId @PathVariable String lease,
			@RequestBody(required = false) @Nullable RenewBody body);

	@Operation(summary = "Look at a lease", description = "Changes nothing, and renews nothing.")
	@ApiResponse(responseCode = "200", description = "The lease.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Lease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "410", description = "The lease is surely gone, or never was.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(GONE)))
	@GetMapping("/{lease}")
	Object find(@LockName @PathVariable String lock, @LeaseId @PathVariable String lease);

	@Operation(summary = "Give a lock back, or give up a place in its queue",
			description = "Repeat it until it is answered: a lease whose DELETE was sent may not be used for anything "
					+ "else.\n\nWith force=true it is an operator's: the lock passes at once, while its holder may go on "
					+ "believing that it holds for a TTL, so that only the fencing token protects what the lock "
					+ "protects. It is recorded with its reason (GET /api/v1/audit). Prefer to revoke.")
	@ApiResponse(responseCode = "200", description = "The lease is gone, by this call or before.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Released.class),
					examples = @ExampleObject("{\"state\":\"RELEASED\"}")))
	@DeleteMapping("/{lease}")
	Object release(@LockName @PathVariable String lock, @LeaseId @PathVariable String lease,
			@Parameter(description = "true: it is an operator's",
					schema = @Schema(type = "boolean")) @RequestParam(required = false) @Nullable String force,
			@Parameter(description = "why it is forced",
					example = "billing-1 hangs") @RequestParam(required = false) @Nullable String reason);

	@Operation(summary = "Revoke a lease",
			description = "For operators, and gentle: the next renewal is answered 410 with the reason, and the lock "
					+ "passes when the holder gives it back or its TTL has passed, which no correct holder outlives. "
					+ "Recorded with its reason (GET /api/v1/audit).")
	@ApiResponse(responseCode = "200", description = "The lease is not renewed any more, or was gone before.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Revoked.class),
					examples = @ExampleObject("{\"state\":\"REVOKED\"}")))
	@PostMapping("/{lease}/revoke")
	Object revoke(@LockName @PathVariable String lock, @LeaseId @PathVariable String lease,
			@RequestBody RevokeBody body);

}
