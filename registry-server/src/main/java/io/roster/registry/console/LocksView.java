package io.roster.registry.console;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows of all locks.
 *
 * @param available whether the lock service tells it
 * @param trouble why not
 * @param reason the same as a sentence
 * @param locks the locks that are in use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LocksView(boolean available, @Nullable Trouble trouble, @Nullable String reason, List<Queue> locks) {

	static LocksView of(List<Queue> locks) {
		return new LocksView(true, null, null, locks);
	}

	static LocksView without(LockServiceException ex) {
		return new LocksView(false, ex.trouble(), ex.getMessage(), List.of());
	}

	/** Why nothing is known of the locks. */
	enum Trouble {

		/** There is no address of a lock service. */
		@JsonProperty("none")
		NONE,

		/** It does not answer. */
		@JsonProperty("unreachable")
		UNREACHABLE,

		/** It does not accept the reader's credentials. */
		@JsonProperty("refused")
		REFUSED,

		/** It answers with an error. */
		@JsonProperty("failed")
		FAILED

	}

	/**
	 * One lock.
	 *
	 * @param name its name
	 * @param kind what it is
	 * @param holders how many hold it
	 * @param waiters how many wait for it
	 * @param waitingSince since when the first of them waits, in milliseconds since 1970;
	 * absent where nobody waits, or it is not known yet
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Queue(String name, String kind, int holders, int waiters, @Nullable Long waitingSince) {
	}

}
