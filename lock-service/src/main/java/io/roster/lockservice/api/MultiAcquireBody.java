package io.roster.lockservice.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.AcquireRequest;
import io.roster.locks.LockNames;
import io.roster.locks.MultiRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of an acquire of several locks.
 */
@Schema(name = "MultiAcquire", description = "Which locks are wanted, and how.")
record MultiAcquireBody(
		@Schema(description = "The lease's id: a UUID of the client's, new for each acquisition. Without one the "
				+ "service makes one, and the call cannot be repeated.",
				example = "5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11") @Nullable String lease,
		@Schema(description = "Who asks, for people who look at the queues.",
				example = "billing-1") @Nullable String owner,
		@Schema(description = "The names of the locks, from 1 to 16, each once. Each is taken alone, a semaphore by one "
				+ "permit.", example = "[\"account-1\",\"account-2\"]",
				requiredMode = Schema.RequiredMode.REQUIRED) @Nullable List<@Nullable String> locks,
		@Schema(description = "How long the lease lives after each write to it, from 1s to 24h; 30s if left out.",
				example = "30s") @Nullable String ttl,
		@JsonProperty("wait") @Schema(name = "wait",
				description = "How long this call waits for all of the locks, from 0s to 5m; 0s if left out, which "
						+ "answers 409 with the holders when one of them is not free.",
				example = "10s") @Nullable String maxWait,
		@Schema(description = "What to do when waiting would close a circle of owners that wait for each other: WAIT, "
				+ "which is also the default, or REFUSE.",
				allowableValues = {
						"WAIT", "REFUSE" },
				example = "WAIT") @Nullable String onDeadlock,
		@Schema(description = "Strings shown with the places in the queues and not interpreted.",
				example = "{\"transfer\":\"42\"}") @Nullable Map<String, String> metadata){

	MultiRequest toRequest(Requester requester, Duration defaultTtl) {
		UUID id = (this.lease != null) ? LockNames.parseLease(this.lease) : UUID.randomUUID();
		AcquireRequest like = new AcquireBody(this.owner, null, this.ttl, this.maxWait, this.onDeadlock, this.metadata)
			.toRequest(requester.claim("", id), defaultTtl);
		return new MultiRequest(id, like.owner(), checkedLocks(), like.ttl(), like.maxWait(), like.metadata(),
				like.principal(), like.onDeadlock());
	}

	private List<String> checkedLocks() {
		List<String> names = (this.locks != null) ? this.locks.stream().filter((name) -> name != null).toList()
				: List.of();
		if (this.locks == null || names.size() < this.locks.size()) {
			throw new InvalidRequestException("locks", "locks is a list of the names of locks, without null.");
		}
		return names;
	}

}
