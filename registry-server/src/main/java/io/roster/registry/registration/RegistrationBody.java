package io.roster.registry.registration;

import java.time.Duration;
import java.util.Map;

import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceStatus;
import io.roster.registry.problem.DurationText;
import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An instance to be registered.
 */
@Schema(name = "Registration", description = "An instance to be registered.")
record RegistrationBody(
		@Schema(description = "A host name or an IP address, an IPv6 address without brackets", example = "10.0.0.7",
				requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String address,
		@Schema(description = "From 1 to 65535", example = "9000",
				requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Integer port,
		@Schema(description = "Whether it speaks TLS; false if left out", example = "false") @Nullable Boolean secure,
		@Schema(description = "Anything else about it",
				example = "{\"zone\":\"a\"}") @Nullable Map<String, @Nullable String> metadata,
		@Schema(description = "How long it stays without a heartbeat, from 1s to 24h; 30s if left out",
				example = "30s") @Nullable String ttl) {

	private static final int HIGHEST_PORT = 65_535;

	InstanceData checkedData() {
		return new InstanceData(checkedAddress(), checkedPort(), Boolean.TRUE.equals(this.secure), InstanceStatus.UP,
				checkedMetadata());
	}

	private String checkedAddress() {
		if (this.address == null) {
			throw new InvalidRequestException("address", "address is missing.");
		}
		try {
			InstanceData.at(this.address, 1);
			return this.address;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("address",
					"address is a host name or an IP address, and not '" + this.address + "'.");
		}
	}

	private int checkedPort() {
		if (this.port == null || this.port < 1 || this.port > HIGHEST_PORT) {
			throw new InvalidRequestException("port", "port is a number from 1 to 65535, and not " + this.port + ".");
		}
		return this.port;
	}

	private Map<String, String> checkedMetadata() {
		if (this.metadata == null) {
			return Map.of();
		}
		this.metadata.forEach((key, value) -> {
			if (value == null) {
				throw new InvalidRequestException("metadata", "The entry '" + key + "' of metadata has no value.");
			}
			if (key.equals(InstanceData.STATUS_KEY)) {
				throw new InvalidRequestException("metadata",
						InstanceData.STATUS_KEY + " is no entry of metadata: PATCH changes the status.");
			}
		});
		return Map.copyOf(this.metadata);
	}

	Duration checkedTtl(RegistrationProperties properties) {
		if (this.ttl == null) {
			return properties.defaultTtl();
		}
		Duration asked = DurationText.parse("ttl", this.ttl);
		if (asked.compareTo(properties.minTtl()) < 0 || asked.compareTo(properties.maxTtl()) > 0) {
			throw new InvalidRequestException("ttl", "'" + this.ttl + "' is not from "
					+ DurationText.of(properties.minTtl()) + " to " + DurationText.of(properties.maxTtl()) + ".");
		}
		return asked;
	}

}
