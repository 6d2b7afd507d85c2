package io.roster.discovery.spring;

import org.apache.zookeeper.client.ConnectStringParser;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The address of the ensemble, checked before Curator has it: Curator logs what is wrong
 * with it in the background and tries it for ever.
 */
final class ConnectString {

	private static final String PROPERTY = "spring.cloud.zookeeper.connect-string";

	private static final String FORM = "It must be host:port pairs separated by commas, such as "
			+ "zk-1:2181,zk-2:2181,zk-3:2181, with an optional path (/some/root) behind the last one";

	private ConnectString() {
	}

	/**
	 * Checks an address as ZooKeeper's client would.
	 * @param text the address
	 * @throws InvalidConfigurationPropertyValueException if it names no server
	 */
	static void requireValid(String text) {
		if (text.contains("://")) {
			throw invalid(text, FORM + ", without a scheme", null);
		}
		try {
			if (new ConnectStringParser(text).getServerAddresses().isEmpty()) {
				throw invalid(text, FORM + ", and names no server", null);
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalid(text, FORM + ": " + ex.getMessage(), ex);
		}
	}

	private static InvalidConfigurationPropertyValueException invalid(String text, String reason,
			@Nullable Throwable cause) {
		return new InvalidConfigurationPropertyValueException(PROPERTY, text, reason + ".", cause);
	}

}
