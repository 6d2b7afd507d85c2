package io.roster.lockservice.api;

import io.roster.locks.MultiLease;
import io.swagger.v3.oas.annotations.Operation;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The calls about leases of several locks, as they are described to their users.
 */
@Tag(name = "multi-locks",
		description = "Several locks at once, all of them or none. Every call may be repeated, at "
				+ "any replica. An operator revokes or removes such a lease by any of its locks: it ends as a whole.")
@RequestMapping("/api/v1/multi-locks")
@ApiResponse(responseCode = "400", description = "A field is wrong; nothing was changed.",
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.INVALID)))
@ApiResponse(responseCode = "403",
		description = "The lease was made with other credentials than those of this call; nothing was changed.",
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.NOT_YOURS)))
@ApiResponse(responseCode = "503",
		description = "This replica is not connected to a quorum, or got no answer in time. Repeat the same call.",
		headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
interface MultiLockApi {

	/** An answer that holds. */
	String HELD = """
			{"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","locks":["account-1","account-2"],\
			"state":"HELD","fencingToken":"4294967311","ttl":"30s","expiresInMs":29990}""";

	/** An answer that waits. */
	String WAITING = """
			{"lease":"5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11","owner":"billing-1","locks":["account-1","account-2"],\
			"state":"WAITING","ttl":"30s","expiresInMs":30000}""";

	@Operation(summary = "Acquire several locks at once, or go on waiting for them",
			description = "One transaction puts a place into each queue, so that all queues have such leases in the same "
					+ "order, and they never wait for each other in a circle. It is HELD when each place is; until then "
					+ "those that are already at the head keep others waiting. One fencing token stands for all of the "
					+ "locks.")
	@ApiResponse(responseCode = "200", description = "All are held.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = MultiLease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "202",
			description = "The wait has passed. The places are kept for the TTL; the same call goes on waiting in them.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = MultiLease.class),
					examples = @ExampleObject(WAITING)))
	@ApiResponse(responseCode = "409",
			description = "One of the locks is not free and the request did not want to wait, or its owner would wait "
					+ "for itself. Nothing is left behind.",
			content = @Content(mediaType = "application/problem+json",
					examples = { @ExampleObject(name = "held", value = LeaseApi.CONFLICT),
							@ExampleObject(name = "deadlock", value = LeaseApi.DEADLOCK) }))
	@ApiResponse(responseCode = "410",
			description = "The lease was given back, revoked or removed. Its id may not be used again.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.GONE)))
	@PostMapping
	Object acquire(@RequestBody MultiAcquireBody body);

	@Operation(summary = "Renew a lease of several locks", description = "All of it, for its TTL from this call.")
	@ApiResponse(responseCode = "200", description = "The lease lives.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = MultiLease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "410", description = "The lease is surely gone, or was revoked: its holder stops.",
			content = @Content(mediaType = "application/problem+json",
					examples = { @ExampleObject(name = "gone", value = LeaseApi.GONE),
							@ExampleObject(name = "revoked", value = LeaseApi.REVOKED) }))
	@PostMapping("/{lease}/renew")
	Object renew(@LeaseId @PathVariable String lease, @RequestBody(required = false) @Nullable RenewBody body);

	@Operation(summary = "Look at a lease of several locks", description = "Changes nothing, and renews nothing.")
	@ApiResponse(responseCode = "200", description = "The lease.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = MultiLease.class),
					examples = @ExampleObject(HELD)))
	@ApiResponse(responseCode = "410", description = "The lease is surely gone, or never was.",
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.GONE)))
	@GetMapping("/{lease}")
	Object find(@LeaseId @PathVariable String lease);

	@Operation(summary = "Give several locks back, or give up the places in their queues",
			description = "All at once. Repeat it until it is answered.")
	@ApiResponse(responseCode = "200", description = "The lease is gone, by this call or before.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = Released.class),
					examples = @ExampleObject("{\"state\":\"RELEASED\"}")))
	@DeleteMapping("/{lease}")
	Object release(@LeaseId @PathVariable String lease);

}
