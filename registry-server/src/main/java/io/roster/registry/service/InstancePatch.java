package io.roster.registry.service;

import java.util.Arrays;
import java.util.Map;

import io.roster.discovery.InstanceEdit;
import io.roster.discovery.InstanceStatus;
import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about an instance.
 */
@Schema(name = "InstancePatch", description = "What is to be different. What is left out stays as it is.")
record InstancePatch(@Schema(description = "UP takes an operator's status back", allowableValues = {
		"UP", "DRAINING", "OUT_OF_SERVICE" }, example = "DRAINING") @Nullable String status,
		@Schema(description = "Entries to be set, and with null removed; the others stay",
				example = "{\"zone\":\"b\"}") @Nullable Map<String, @Nullable String> metadata){

	InstanceEdit toEdit() {
		if (this.status == null && (this.metadata == null || this.metadata.isEmpty())) {
			throw new InvalidRequestException("body", "The body names neither a status nor metadata.");
		}
		try {
			return new InstanceEdit(parsedStatus(), (this.metadata != null) ? this.metadata : Map.of());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("metadata", "This cannot be: " + ex.getMessage() + ".");
		}
	}

	private @Nullable InstanceStatus parsedStatus() {
		if (this.status == null) {
			return null;
		}
		return Arrays.stream(InstanceStatus.values())
			.filter((candidate) -> candidate.name().equals(this.status))
			.findFirst()
			.orElseThrow(() -> new InvalidRequestException("status",
					"status is UP, DRAINING or OUT_OF_SERVICE, and not '" + this.status + "'."));
	}

}
