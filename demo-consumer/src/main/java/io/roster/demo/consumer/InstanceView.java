package io.roster.demo.consumer;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import io.roster.discovery.Instance;
import org.jspecify.annotations.Nullable;

/**
 * An instance in JSON, as registry-server shows it.
 *
 * @param id the name of its znode
 * @param name the service
 * @param sequence the number that the ensemble gave it
 * @param path its znode
 * @param address where it listens; {@code null} for a member that names no endpoint
 * @param port where it listens; {@code null} exactly when the address is
 * @param secure whether it speaks TLS
 * @param status UP, DRAINING or OUT_OF_SERVICE
 * @param metadata what it says about itself
 * @param registeredAt when its znode was created
 * @param layout sequential or curator
 * @param suspect whether the ensemble has it no more, but its loss is doubted
 */
record InstanceView(String id, String name, @Nullable Integer sequence, String path, @Nullable String address,
		@Nullable Integer port, boolean secure, String status, Map<String, String> metadata,
		@Nullable Instant registeredAt, String layout, boolean suspect) {

	static InstanceView of(Instance instance) {
		return new InstanceView(instance.id(), instance.name(), instance.sequence(), instance.path(),
				instance.address(), instance.port(), instance.secure(), instance.status().name(), instance.metadata(),
				instance.registeredAt(), instance.layout().name().toLowerCase(Locale.ROOT), instance.suspect());
	}

}
