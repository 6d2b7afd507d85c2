package io.roster.registry.config;

import java.nio.charset.StandardCharsets;

import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A value to be written.
 */
@Schema(name = "PropertyValue", description = "A value to be written.")
record ValueBody(@Schema(description = "The value, up to roster.config.max-value-size as UTF-8",
		example = "2.75") @Nullable String value) {

	String checked(long maxBytes) {
		if (this.value == null) {
			throw new InvalidRequestException("value", "value is missing; DELETE takes a property away.");
		}
		int bytes = this.value.getBytes(StandardCharsets.UTF_8).length;
		if (bytes > maxBytes) {
			throw new InvalidRequestException("value",
					"The value has %d bytes, and roster.config.max-value-size is %d.".formatted(bytes, maxBytes));
		}
		return this.value;
	}

}
