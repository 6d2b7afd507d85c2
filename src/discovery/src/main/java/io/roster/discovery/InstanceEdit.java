package io.roster.discovery;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to be different about an instance. It stands above what the
 * application says of itself, and outlives the application's own writes, until UP is set.
 *
 * @param status the status, {@code null} to leave it as it is
 * @param metadata entries to be set, and with the value {@code null} removed; the others
 * stay
 */
public record InstanceEdit(@Nullable InstanceStatus status, Map<String, @Nullable String> metadata) {

	/**
	 * Checks that the status is not set twice.
	 * @throws IllegalArgumentException if the metadata has the key of the status
	 */
	public InstanceEdit {
		if (metadata.containsKey(InstanceData.STATUS_KEY)) {
			throw new IllegalArgumentException(
					InstanceData.STATUS_KEY + " is set by the status, and not as an entry of the metadata");
		}
	}

}
