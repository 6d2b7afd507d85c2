package io.roster.discovery;

import java.util.Locale;

/**
 * Whether an instance wants new requests.
 */
public enum InstanceStatus {

	/** It takes requests. */
	UP,

	/** It finishes what it has and is about to leave. */
	DRAINING,

	/** It is there, and takes no requests. */
	OUT_OF_SERVICE;

	/**
	 * Reads a status as Spring Cloud ZooKeeper does: absent or blank means UP, upper and
	 * lower case are alike. What is not known here is not UP.
	 * @param text the text of any program
	 * @return the status
	 */
	public static InstanceStatus read(String text) {
		return switch (text.strip().toUpperCase(Locale.ROOT)) {
			case "", "UP" -> UP;
			case "DRAINING" -> DRAINING;
			default -> OUT_OF_SERVICE;
		};
	}

}
