package io.roster.lockservice.api;

import io.roster.lockservice.LockServiceProperties;
import io.roster.locks.DeadlockList;
import io.roster.locks.LockQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Who waits for each other.
 */
@Tag(name = "locks")
@RestController
@RequestMapping("/api/v1/deadlocks")
@RequiredArgsConstructor
class DeadlockController {

	private static final String DEADLOCKS = """
			{"revision":"4294967330","deadlocks":[{"owners":["billing-1","billing-2"],\
			"locks":["invoice-42","invoice-43"],"waits":[{"owner":"billing-1","lock":"invoice-43","for":["billing-2"]},\
			{"owner":"billing-2","lock":"invoice-42","for":["billing-1"]}]}]}""";

	private final LockQueues queues;

	private final LockServiceProperties properties;

	@Operation(summary = "Owners who wait for each other",
			description = "As this replica has seen them within the last second, of waits that have lasted for 250 ms. "
					+ "An owner is one who takes locks one after the other: programs with several threads give each of "
					+ "them another owner. Owners of different principals are different ones. Whoever waits behind a "
					+ "place of the same owner for the same lock is not told, and neither are places of Curator and other clients, which have no "
					+ "owner.")
	@ApiResponse(responseCode = "200", description = "The deadlocks; none is an empty list.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = DeadlockList.class),
					examples = @ExampleObject(DEADLOCKS)))
	@ApiResponse(responseCode = "503", description = "This replica has not read the queues yet. Repeat the same call.",
			headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")),
			content = @Content(mediaType = "application/problem+json", examples = @ExampleObject(LeaseApi.UNAVAILABLE)))
	@GetMapping
	DeferredResult<ResponseEntity<Object>> deadlocks() {
		return PendingCall.of(this.queues.deadlocks(), this.properties.answerWithin(), ResponseEntity::<Object>ok)
			.answer();
	}

}
