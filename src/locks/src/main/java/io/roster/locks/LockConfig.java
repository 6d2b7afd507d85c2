package io.roster.locks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in a lock's own znode, as JSON. It never changes while that znode lives: a
 * kind changes only in the transaction that deletes the empty znode and makes it again,
 * so that it is read once for each czxid.
 *
 * @param kind what the lock was declared as, or {@code null} where it was not: then its
 * first place makes the kind, for as long as the queue is not empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockConfig(@Nullable LockKind kind) {

	/** Not declared. */
	static final LockConfig NONE = new LockConfig(null);

	private static final byte[] NO_DATA = {};

	private static final ObjectMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

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

	boolean declared() {
		return this.kind != null;
	}

}
