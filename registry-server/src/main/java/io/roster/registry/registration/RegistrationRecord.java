package io.roster.registry.registration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written of a registration beside its instance, where no consumer looks. Each
 * heartbeat writes it anew; only its version says that.
 *
 * @param ttlMs how long the instance stays after the last write, in milliseconds
 * @param principal to whom it belongs, {@code null} for anybody
 */
record RegistrationRecord(long ttlMs, @Nullable String principal) {

	/** Below it the records stand, by their registration ids. */
	static final String ROOT = "/roster/registrations";

	/** A later version may write more. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	static String path(String registrationId) {
		return ROOT + "/" + registrationId;
	}

	Duration ttl() {
		return Duration.ofMillis(this.ttlMs);
	}

	byte[] bytes() {
		return JSON.writeValueAsBytes(this);
	}

	/**
	 * Reads a record.
	 * @param data what stands in a znode
	 * @return the record; {@code null} if it is none
	 */
	static @Nullable RegistrationRecord read(byte @Nullable [] data) {
		if (data == null || data.length == 0) {
			return null;
		}
		try {
			RegistrationRecord record = JSON.readValue(new String(data, StandardCharsets.UTF_8),
					RegistrationRecord.class);
			return (record != null && record.ttlMs > 0) ? record : null;
		}
		catch (JacksonException ex) {
			// Somebody else's data, which is left alone.
			return null;
		}
	}

}
