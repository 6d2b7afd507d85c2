package io.roster.lockservice.api;

import java.util.List;

import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.LockKind;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body of a declaration.
 */
@Schema(name = "Declare", description = "What a lock is.")
record DeclareBody(@Schema(
		description = "MUTEX: one holder. READ_WRITE: one holder in mode EXCLUSIVE, or many in mode " + "SHARED.",
		allowableValues = {
				"MUTEX", "READ_WRITE" },
		example = "READ_WRITE", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String kind){

	private static final List<LockKind> KINDS = List.of(LockKind.MUTEX, LockKind.READ_WRITE);

	LockKind parseKind() {
		return KINDS.stream()
			.filter((candidate) -> candidate.name().equals(this.kind))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("kind",
					(this.kind != null) ? "kind is MUTEX or READ_WRITE, and not '%s'.".formatted(this.kind)
							: "kind is missing: MUTEX or READ_WRITE."));
	}

}
