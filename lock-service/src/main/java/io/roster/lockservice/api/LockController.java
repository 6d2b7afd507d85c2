package io.roster.lockservice.api;

import io.roster.lockservice.LockServiceProperties;
import io.roster.locks.LockList;
import io.roster.locks.LockQueues;
import io.roster.locks.LockView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The views of the queues.
 */
@Tag(name = "locks", description = "Look at the queues, with everybody in them: REST, Curator and foreign clients.")
@RestController
@RequestMapping("/api/v1/locks")
@RequiredArgsConstructor
class LockController {

	private final LockQueues queues;

	private final LockServiceProperties properties;

	@Operation(summary = "All locks with the number of their holders and waiters",
			description = "As this replica sees them, ordered by name.")
	@GetMapping
	LockList locks() {
		return this.queues.locks();
	}

	@Operation(summary = "One lock's queue",
			description = "Who holds the lock and who waits for it, in order. A view: nobody may act on it as a holder. "
					+ "A lock that nobody uses has an empty queue.")
	@ApiResponse(responseCode = "200", description = "The queue.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = LockView.class)))
	@GetMapping("/{lock}")
	DeferredResult<ResponseEntity<Object>> lock(@LockName @PathVariable String lock) {
		return PendingCall.of(this.queues.view(lock), this.properties.answerWithin(), ResponseEntity::<Object>ok)
			.answer();
	}

}
