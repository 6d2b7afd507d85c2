package io.roster.discovery;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One registered instance of a service, as its znode says; immutable.
 *
 * @param id the name of its znode
 * @param name the service
 * @param sequence the number that the ensemble gave it, {@code null} where the node's
 * name has none
 * @param path the absolute path of its znode
 * @param address a host name or an IP address, an IPv6 address without brackets;
 * {@code null} for a member that names no endpoint
 * @param port from 1 to 65535; {@code null} exactly when the address is
 * @param secure whether it speaks TLS
 * @param status whether it wants requests
 * @param metadata what it says about itself; unmodifiable
 * @param registeredAt when its znode was created, on the ensemble's clock; {@code null}
 * where the node is too large to be read
 * @param layout where it was found
 */
public record Instance(String id, String name, @Nullable Integer sequence, String path, @Nullable String address,
		@Nullable Integer port, boolean secure, InstanceStatus status, Map<String, String> metadata,
		@Nullable Instant registeredAt, Layout layout) {

	/**
	 * Whether new requests may be sent to this instance.
	 * @return {@code true} if it names an endpoint and is UP
	 */
	public boolean routable() {
		return this.address != null && this.port != null && this.status == InstanceStatus.UP;
	}

}
