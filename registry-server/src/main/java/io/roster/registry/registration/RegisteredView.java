package io.roster.registry.registration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.roster.registry.service.InstanceView;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An instance that was registered over REST.
 *
 * @param instance the instance
 * @param ttl how long it stays without a heartbeat
 * @param expiresInMs for how long it surely stays from now on, in milliseconds
 */
@Schema(name = "RegisteredInstance", description = "An instance that was registered over REST.",
		example = """
				{"id":"bikesvc0000000010","name":"bikesvc","sequence":10,"path":"/servers/bikesvc0000000010","address":"127.0.0.1",
				"port":8790,"secure":false,"status":"UP","metadata":{"zone":"a"},"registeredAt":"2026-01-01T12:00:00Z",
				"layout":"sequential","suspect":false,"ttl":"30s","expiresInMs":29990}""")
record RegisteredView(@JsonUnwrapped InstanceView instance,
		@Schema(description = "How long it stays without a heartbeat", example = "30s") String ttl,
		@Schema(description = "For how long it surely stays from now on, in milliseconds",
				example = "29990") long expiresInMs) {
}
