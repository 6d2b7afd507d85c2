package io.roster.lockservice.api;

import io.roster.lockservice.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator who throws somebody out has to say.
 */
final class Reasons {

	private Reasons() {
	}

	static String check(@Nullable String reason) {
		if (reason == null || reason.isBlank()) {
			throw new InvalidRequestException("reason",
					"A reason is needed: the holder is told it, and the audit trail keeps it.");
		}
		return reason;
	}

	/** Whether a DELETE is an operator's. */
	static boolean isForced(@Nullable String force, @Nullable String reason) {
		if (force == null || force.equals("false")) {
			if (reason != null) {
				throw new InvalidRequestException("reason", "A reason belongs to force=true.");
			}
			return false;
		}
		if (!force.equals("true")) {
			throw new InvalidRequestException("force", "force is true or false, and not '%s'.".formatted(force));
		}
		return true;
	}

}
