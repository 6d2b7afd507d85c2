package io.roster.lockservice.api;

import io.roster.lockservice.LockServiceProperties;
import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.AuditPage;
import io.roster.locks.LockQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The calls that only an operator makes.
 */
@Tag(name = "operators", description = "Throw somebody out, and see who was thrown out.")
@ApiResponse(responseCode = "503",
		description = "This replica is not connected to a quorum, or got no answer in time. Repeat the same call.",
		headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
@RestController
@RequestMapping("/api/v1")
@RequiredArgsConstructor
class OperatorController {

	private static final int MOST_RECORDS = 1000;

	private static final String PAGE = """
			{"records":[{"revision":"4294967311","at":"2026-11-22T03:00:00Z","change":"GRANTED","lock":"invoice-42",\
			"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","fencingToken":"4294967311"},\
			{"revision":"4294967340","at":"2026-11-22T03:10:00Z","change":"FORCED","lock":"invoice-42",\
			"node":"_c_5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11-lock-0000000007",\
			"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","reason":"billing-1 hangs"}],\
			"more":false}""";

	private static final String NO_REASON = """
			{"type":"urn:roster:problem:invalid-request","title":"The request is not valid","status":400,\
			"detail":"A reason is needed: the holder is told it, and the audit trail keeps it. Correct the field and \
			send the request again; nothing was changed.","field":"reason"}""";

	private static final String WRONG_LIMIT = """
			{"type":"urn:roster:problem:invalid-request","title":"The request is not valid","status":400,\
			"detail":"limit is a number from 1 to 1000, and not '0'. Correct the field and send the request again; \
			nothing was changed.","field":"limit"}""";

	private final LockQueues queues;

	private final LockServiceProperties properties;

	@Operation(summary = "Remove a place at once, whosever it is",
			description = "For places that are no leases: those of Curator's and other clients, by the name of their "
					+ "znode, which the view of the queue shows. Their session does not learn of it. Recorded with its "
					+ "reason.")
	@ApiResponse(responseCode = "200", description = "The place is gone, by this call or before.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Released.class),
					examples = @ExampleObject("{\"state\":\"RELEASED\"}")))
	@ApiResponse(responseCode = "400", description = "There is no reason, or force is not true.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(NO_REASON)))
	@DeleteMapping("/locks/{lock}/places/{node}")
	DeferredResult<ResponseEntity<Object>> force(@LockName @PathVariable String lock,
			@Parameter(description = "The name of the place's znode.",
					example = "_c_9d3d7c11-7d0c-4a53-9c0e-6a2f6f1f3f12-lock-0000000008") @PathVariable String node,
			@Parameter(description = "true",
					schema = @Schema(type = "boolean")) @RequestParam(required = false) @Nullable String force,
			@Parameter(description = "why it is forced", example = "the host of billing-2 is gone") @RequestParam(
					required = false) @Nullable String reason) {
		if (!Reasons.isForced(force, reason)) {
			throw new InvalidRequestException("force",
					"A place is removed with force=true; a lease is given back at /leases/{lease}.");
		}
		return PendingCall
			.of(this.queues.forcePlace(lock, node, Reasons.check(reason)), this.properties.answerWithin(),
					Answers::forced)
			.answer();
	}

	@Operation(summary = "The audit trail",
			description = "Revocations and forced releases of all replicas, the last 1,000 of which are kept in the "
					+ "ensemble; and the last 1,000 grants and expiries of the replica that answers, from its memory. "
					+ "The log of each replica (logger io.roster.locks.audit) has all of its own.")
	@ApiResponse(responseCode = "200", description = "The records, the oldest first.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = AuditPage.class),
					examples = @ExampleObject(PAGE)))
	@ApiResponse(responseCode = "400", description = "A parameter is wrong.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(WRONG_LIMIT)))
	@GetMapping("/audit")
	DeferredResult<ResponseEntity<Object>> audit(
			@Parameter(description = "Only of this lock.") @RequestParam(required = false) @Nullable String lock,
			@Parameter(description = "Only later than this revision, of a record that was answered before.",
					example = "4294967311") @RequestParam(required = false) @Nullable String after,
			@Parameter(
					description = "How many records, from 1 to 1000; a few more where the last ones share a revision.",
					schema = @Schema(type = "integer", defaultValue = "100")) @RequestParam(
							required = false) @Nullable String limit) {
		long revision = Numbers.parse("after", after, -1, -1, Long.MAX_VALUE);
		int most = (int) Numbers.parse("limit", limit, 100, 1, MOST_RECORDS);
		return PendingCall
			.of(this.queues.audit(lock, revision, most), this.properties.answerWithin(), ResponseEntity::<Object>ok)
			.answer();
	}

}
