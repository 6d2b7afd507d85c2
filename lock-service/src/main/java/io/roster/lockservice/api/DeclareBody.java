package io.roster.lockservice.api;

import java.util.Arrays;

import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.LockKind;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a declaration.
 */
@Schema(name = "Declare", description = "What a lock is.")
record DeclareBody(
		@Schema(description = "MUTEX: one holder. READ_WRITE: one holder in mode EXCLUSIVE, or many in mode "
				+ "SHARED. SEMAPHORE: as many holders as permits, in either mode.",
				allowableValues = {
						"MUTEX", "READ_WRITE", "SEMAPHORE" },
				example = "SEMAPHORE", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String kind,
		@Schema(description = "How many may hold a SEMAPHORE at once, from 1 to 10000, and always given for one. Other "
				+ "kinds have 1.", types = "integer", minimum = "1", maximum = "10000",
				example = "3") @Nullable Object permits){

	LockKind parseKind() {
		return Arrays.stream(LockKind.values())
			.filter((candidate) -> candidate.name().equals(this.kind))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("kind",
					(this.kind != null) ? "kind is MUTEX, READ_WRITE or SEMAPHORE, and not '%s'.".formatted(this.kind)
							: "kind is missing: MUTEX, READ_WRITE or SEMAPHORE."));
	}

	int parsePermits() {
		if (this.permits == null && parseKind() != LockKind.SEMAPHORE) {
			return 1;
		}
		if (this.permits instanceof Integer number) {
			return number;
		}
		throw new InvalidRequestException("permits",
				(this.permits != null)
						? "permits is a whole number from 1 to 10000, and not '%s'.".formatted(this.permits)
						: "permits is missing: how many may hold the SEMAPHORE at once, from 1 to 10000.");
	}

}
