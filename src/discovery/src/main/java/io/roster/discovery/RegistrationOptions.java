package io.roster.discovery;

import java.util.UUID;

/**
 * What a registration is besides its {@link InstanceData}, and stays for its whole life.
 *
 * @param instanceId the {@code id} in the data, by which readers of both layouts know one
 * instance; in the layout of Curator it is the name of the node too. It must differ from
 * that of every other instance of the service
 * @param uriSpec how readers such as Curator build the address of the instance, for
 * example <code>{scheme}://{address}:{port}</code>
 */
public record RegistrationOptions(String instanceId, String uriSpec) {

	/**
	 * Checks.
	 * @throws IllegalArgumentException if the id cannot be the name of a znode, or the
	 * braces of the specification are not balanced
	 */
	public RegistrationOptions {
		ServiceName.requireNode("the id of an instance", instanceId);
		UriSpec.parse(uriSpec);
	}

	/**
	 * A random UUID as the id, and the address as Spring Cloud ZooKeeper builds it by
	 * default.
	 * @return the options, other ones at each call
	 */
	public static RegistrationOptions defaults() {
		return new RegistrationOptions(UUID.randomUUID().toString(), UriSpec.DEFAULT);
	}

	/**
	 * The same with another id.
	 * @param instanceId the id
	 * @return the options
	 */
	public RegistrationOptions withInstanceId(String instanceId) {
		return new RegistrationOptions(instanceId, this.uriSpec);
	}

	/**
	 * The same with another way to build the address.
	 * @param uriSpec the specification
	 * @return the options
	 */
	public RegistrationOptions withUriSpec(String uriSpec) {
		return new RegistrationOptions(this.instanceId, uriSpec);
	}

}
