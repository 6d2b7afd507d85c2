package io.roster.discovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an instance says about itself: the content of its znode; immutable.
 *
 * @param address a host name or an IP address, an IPv6 address without brackets;
 * {@code null} for a member without an endpoint
 * @param port from 1 to 65535; {@code null} exactly when the address is
 * @param secure whether it speaks TLS
 * @param status whether it wants requests
 * @param metadata anything else; the key {@value #STATUS_KEY} belongs to the status and
 * is left out
 */
public record InstanceData(@Nullable String address, @Nullable Integer port, boolean secure, InstanceStatus status,
		Map<String, String> metadata) {

	/** The metadata key in which Spring Cloud ZooKeeper looks for the status. */
	public static final String STATUS_KEY = "instance_status";

	/** A member without an endpoint. */
	static final InstanceData NONE = new InstanceData(null, null, false, InstanceStatus.UP, Map.of());

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if the address is no host, the port is out of
	 * range, or only one of them is given
	 */
	public InstanceData {
		if ((address == null) != (port == null)) {
			throw new IllegalArgumentException(
					"an endpoint is an address and a port, not address=" + address + " and port=" + port);
		}
		if (address != null && !Endpoint.isHost(address)) {
			throw new IllegalArgumentException(
					"the address must be a host name or an IP address, not '" + address + "'");
		}
		if (port != null && !Endpoint.isPort(port)) {
			throw new IllegalArgumentException("the port must be from 1 to 65535, not " + port);
		}
		Map<String, String> copy = new LinkedHashMap<>(metadata);
		copy.remove(STATUS_KEY);
		metadata = Collections.unmodifiableMap(copy);
	}

	/**
	 * An instance that is UP and speaks plain text.
	 * @param address a host name or an IP address
	 * @param port from 1 to 65535
	 * @return the data
	 */
	public static InstanceData at(String address, int port) {
		return new InstanceData(address, port, false, InstanceStatus.UP, Map.of());
	}

	/**
	 * The same with TLS or without.
	 * @param secure whether it speaks TLS
	 * @return the data
	 */
	public InstanceData withSecure(boolean secure) {
		return new InstanceData(this.address, this.port, secure, this.status, this.metadata);
	}

	/**
	 * The same with another status.
	 * @param status the status
	 * @return the data
	 */
	public InstanceData withStatus(InstanceStatus status) {
		return new InstanceData(this.address, this.port, this.secure, status, this.metadata);
	}

	/**
	 * The same with other metadata.
	 * @param metadata all of the metadata
	 * @return the data
	 */
	public InstanceData withMetadata(Map<String, String> metadata) {
		return new InstanceData(this.address, this.port, this.secure, this.status, metadata);
	}

}
