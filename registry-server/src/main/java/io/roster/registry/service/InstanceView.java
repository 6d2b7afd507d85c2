package io.roster.registry.service;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import io.roster.discovery.Instance;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An instance as the API shows it.
 *
 * @param id the name of its znode
 * @param name its service
 * @param sequence its number, {@code null} where it has none
 * @param path its znode
 * @param address a host name or an IP address, {@code null} for a member that names no
 * endpoint
 * @param port from 1 to 65535, {@code null} exactly when the address is
 * @param secure whether it speaks TLS
 * @param status UP, DRAINING or OUT_OF_SERVICE
 * @param metadata what it says about itself
 * @param registeredAt when its znode was created
 * @param layout sequential or curator
 * @param suspect whether the ensemble has no such node any more but its loss is doubted
 */
@Schema(name = "Instance", description = "An instance of a service.",
		example = """
				{"id":"bikesvc0000000010","name":"bikesvc","sequence":10,"path":"/servers/bikesvc0000000010","address":"127.0.0.1",
				"port":8790,"secure":false,"status":"UP","metadata":{"zone":"a"},"registeredAt":"2026-01-01T12:00:00Z",
				"layout":"sequential","suspect":false}""")
public record InstanceView(String id, String name, @Nullable Integer sequence, String path, @Nullable String address,
		@Nullable Integer port, boolean secure, String status, Map<String, String> metadata,
		@Nullable Instant registeredAt, String layout, boolean suspect) {

	/**
	 * Shows an instance.
	 * @param instance the instance
	 * @return its view
	 */
	public static InstanceView of(Instance instance) {
		return new InstanceView(instance.id(), instance.name(), instance.sequence(), instance.path(),
				instance.address(), instance.port(), instance.secure(), instance.status().name(), instance.metadata(),
				instance.registeredAt(), instance.layout().name().toLowerCase(Locale.ROOT), instance.suspect());
	}

}
