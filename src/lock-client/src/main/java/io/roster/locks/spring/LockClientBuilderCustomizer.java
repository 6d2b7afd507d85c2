package io.roster.locks.spring;

import io.roster.locks.client.LockClientBuilder;

/**
 * A bean of this type changes the auto-configured lock client, after the properties.
 */
@FunctionalInterface
public interface LockClientBuilderCustomizer {

	/**
	 * Changes the client.
	 * @param builder what it is built with
	 */
	void customize(LockClientBuilder builder);

}
