package io.roster.registry.tree;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Data to be written into a znode.
 */
@Schema(name = "Data", description = "Data to be written into a znode.")
record DataBody(@Schema(description = "The data; none if left out", example = "hello") @Nullable String data,
		@Schema(description = "How it is written", allowableValues = {
				"utf-8", "base64" }, example = "utf-8") @Nullable String encoding){
}
