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
 * @param czxid the transaction that created its znode, which together with the path tells
 * it from all others of this ensemble; -1 where it is not known
 * @param suspect whether the ensemble has no such node any more but its loss is doubted
 * (see {@link Directory}): it may still be used, and whoever finds it gone should pass it
 * over at once
 */
public record Instance(String id, String name, @Nullable Integer sequence, String path, @Nullable String address,
		@Nullable Integer port, boolean secure, InstanceStatus status, Map<String, String> metadata,
		@Nullable Instant registeredAt, Layout layout, long czxid, boolean suspect) {

	/** The metadata key of the zone, as Spring Cloud LoadBalancer names it. */
	public static final String ZONE_KEY = "zone";

	/** The metadata key of the weight, as Spring Cloud LoadBalancer names it. */
	public static final String WEIGHT_KEY = "weight";

	private static final int USUAL_WEIGHT = 1;

	/**
	 * Whether new requests may be sent to this instance.
	 * @return {@code true} if it names an endpoint and is UP
	 */
	public boolean routable() {
		return this.address != null && this.port != null && this.status == InstanceStatus.UP;
	}

	/**
	 * Where it runs.
	 * @return what its metadata says under {@value #ZONE_KEY}, {@code null} if nothing
	 */
	public @Nullable String zone() {
		String zone = this.metadata.get(ZONE_KEY);
		return (zone != null && !zone.isBlank()) ? zone.strip() : null;
	}

	/**
	 * How large a share of the requests it wants, compared with the others.
	 * @return what its metadata says under {@value #WEIGHT_KEY}: 0 for none; 1 where it
	 * says nothing or no number of 0 or more
	 */
	public int weight() {
		String weight = this.metadata.get(WEIGHT_KEY);
		if (weight == null) {
			return USUAL_WEIGHT;
		}
		try {
			int number = Integer.parseInt(weight.strip());
			return (number >= 0) ? number : USUAL_WEIGHT;
		}
		catch (NumberFormatException ex) {
			// Any program may have written it.
			return USUAL_WEIGHT;
		}
	}

	Instance asSuspect() {
		return new Instance(this.id, this.name, this.sequence, this.path, this.address, this.port, this.secure,
				this.status, this.metadata, this.registeredAt, this.layout, this.czxid, true);
	}

	/** The same instance, which says something else about itself. */
	Instance saying(InstanceData data) {
		return new Instance(this.id, this.name, this.sequence, this.path, data.address(), data.port(), data.secure(),
				data.status(), data.metadata(), this.registeredAt, this.layout, this.czxid, this.suspect);
	}

}
