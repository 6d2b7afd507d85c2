package io.roster.lockservice.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.AcquireRequest;
import io.roster.locks.Claim;
import io.roster.locks.Mode;
import io.roster.locks.OnDeadlock;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of an acquire. Every field is read as text and checked here, so that a refusal
 * can say which field is wrong and what it may be.
 */
@Schema(name = "Acquire", description = "How the lock is wanted. Every field may be left out, and so may the body.")
record AcquireBody(
		@Schema(description = "Who asks, for people who look at the queue.",
				example = "billing-1") @Nullable String owner,
		@Schema(description = "EXCLUSIVE, which is also the default, or SHARED, beside others. The first lease of "
				+ "an undeclared lock makes it a mutex or a read-write lock until its queue is empty again; a mutex "
				+ "refuses SHARED with 409. A semaphore, which is declared, takes both: each is one permit. The fencing "
				+ "tokens of SHARED leases, and those of a semaphore, are unique and fence nothing.",
				allowableValues = {
						"EXCLUSIVE", "SHARED" },
				example = "EXCLUSIVE") @Nullable String mode,
		@Schema(description = "How long the lease lives after each write to it, from 1s to 24h; 30s if left out. Also "
				+ "how long a place in the queue is kept after the call.", example = "30s") @Nullable String ttl,
		@JsonProperty("wait") @Schema(name = "wait",
				description = "How long this call waits for the lock, from 0s to 5m; 0s if left out, which answers 409 "
						+ "with the holders when the lock is not free.",
				example = "10s") @Nullable String maxWait,
		@Schema(description = "What to do when this call would wait for its own owner, over others who wait: WAIT, "
				+ "which is also the default, or REFUSE, which answers 409 with the cycle and leaves nothing behind.",
				allowableValues = { "WAIT", "REFUSE" }, example = "WAIT") @Nullable String onDeadlock,
		@Schema(description = "Strings shown with the place in the queue and not interpreted.",
				example = "{\"invoice\":\"42\"}") @Nullable Map<String, String> metadata){

	static final AcquireBody EMPTY = new AcquireBody(null, null, null, null, null, null);

	AcquireRequest toRequest(Claim claim, Duration defaultTtl) {
		return new AcquireRequest(claim.lock(), claim.lease(), this.owner, parseMode(),
				Durations.parse("ttl", this.ttl, defaultTtl), Durations.parse("wait", this.maxWait, Duration.ZERO),
				checkedMetadata(), claim.principal(), parseOnDeadlock());
	}

	private Mode parseMode() {
		if (this.mode == null) {
			return Mode.EXCLUSIVE;
		}
		return Arrays.stream(Mode.values())
			.filter((candidate) -> candidate.name().equals(this.mode))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("mode",
					"mode is EXCLUSIVE or SHARED, and not '%s'.".formatted(this.mode)));
	}

	private OnDeadlock parseOnDeadlock() {
		if (this.onDeadlock == null) {
			return OnDeadlock.WAIT;
		}
		return Arrays.stream(OnDeadlock.values())
			.filter((candidate) -> candidate.name().equals(this.onDeadlock))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("onDeadlock",
					"onDeadlock is WAIT or REFUSE, and not '%s'.".formatted(this.onDeadlock)));
	}

	private Map<String, String> checkedMetadata() {
		if (this.metadata == null) {
			return Map.of();
		}
		this.metadata.forEach((key, value) -> {
			if (value == null) {
				throw new InvalidRequestException("metadata." + key, "The values of metadata are strings, not null.");
			}
		});
		return this.metadata;
	}

}
