package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in a lock's own znode, as JSON. While that znode lives only the permits of
 * a semaphore change, and they only grow: all else changes in the transaction that
 * deletes the empty znode and makes it again. So it is read once for each czxid, and
 * again when the znode was written to.
 *
 * @param kind what the lock was declared as, or {@code null} where it was not: then its
 * first place makes the kind, for as long as the queue is not empty
 * @param permits how many may hold a semaphore at once, from 1 up; {@code null} for other
 * kinds, which have one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockConfig(@Nullable LockKind kind, @Nullable Integer permits) {

	/** Not declared. */
	static final LockConfig NONE = new LockConfig(null, null);

	private static final byte[] NO_DATA = {};

	private static final ObjectMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** Whoever has written it: fewer than one would let nobody in. */
	LockConfig {
		permits = (kind == LockKind.SEMAPHORE) ? Math.max(1, (permits != null) ? permits : 1) : null;
	}

	static LockConfig of(LockKind kind, int permits) {
		return new LockConfig(kind, permits);
	}

	/**
	 * Reads the data of a lock's znode.
	 * @param bytes the data
	 * @return what it declares; data of somebody else's declares nothing
	 */
	static LockConfig parse(byte @Nullable [] bytes) {
		if (bytes == null || bytes.length == 0) {
			return NONE;
		}
		try {
			LockConfig config = JSON.readValue(bytes, LockConfig.class);
			return (config != null) ? config : NONE;
		}
		catch (JacksonException ex) {
			return NONE;
		}
	}

	byte[] bytes() {
		return declared() ? JSON.writeValueAsBytes(this) : NO_DATA;
	}

	/** How many may hold the lock at once, other than by sharing it. */
	int places() {
		return (this.permits != null) ? this.permits : 1;
	}

	boolean semaphore() {
		return this.kind == LockKind.SEMAPHORE;
	}

	/** Whether a lock of that kind may become one of this without being empty. */
	boolean raises(LockConfig now) {
		return semaphore() && now.semaphore() && places() > now.places();
	}

	boolean declared() {
		return this.kind != null;
	}

}
