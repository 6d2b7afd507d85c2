package io.roster.registry.tree;

import java.util.Arrays;

import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;

/**
 * A znode to be made.
 */
@Schema(name = "Create", description = "A znode to be made.")
record CreateBody(
		@Schema(description = "Where; its parent must be there", example = "/teams/billing") @Nullable String path,
		@Schema(description = "Its data; none if left out", example = "hello") @Nullable String data,
		@Schema(description = "How the data is written", allowableValues = {
				"utf-8", "base64" }, example = "utf-8") @Nullable String encoding,
		@Schema(description = "PERSISTENT, which is also the default; PERSISTENT_SEQUENTIAL, whose name gets a number of "
				+ "ten digits; CONTAINER, which goes when its last child has gone. An ephemeral znode needs a session of "
				+ "its creator's: connect to the ensemble for it, or register an instance.",
				allowableValues = { "PERSISTENT", "PERSISTENT_SEQUENTIAL", "CONTAINER" },
				example = "PERSISTENT") @Nullable String mode){

	CreateMode createMode() {
		return switch ((this.mode != null) ? this.mode : "PERSISTENT") {
			case "PERSISTENT" -> CreateMode.PERSISTENT;
			case "PERSISTENT_SEQUENTIAL" -> CreateMode.PERSISTENT_SEQUENTIAL;
			case "CONTAINER" -> CreateMode.CONTAINER;
			default -> throw new InvalidRequestException("mode",
					Arrays.stream(CreateMode.values()).anyMatch((known) -> known.name().equals(this.mode))
							? this.mode
									+ " needs a session of the creator's; mode is PERSISTENT, PERSISTENT_SEQUENTIAL or "
									+ "CONTAINER."
							: "mode is PERSISTENT, PERSISTENT_SEQUENTIAL or CONTAINER, and not '" + this.mode + "'.");
		};
	}

}
