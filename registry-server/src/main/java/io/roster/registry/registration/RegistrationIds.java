package io.roster.registry.registration;

import java.util.UUID;

/**
 * The ids of registrations over REST: they stand in the data of the instance, and are the
 * names of the records. What begins otherwise is nobody's of this server.
 */
public final class RegistrationIds {

	private static final String PREFIX = "rest-";

	private RegistrationIds() {
	}

	static String next() {
		return PREFIX + UUID.randomUUID();
	}

	/**
	 * Whether an instance was registered over REST.
	 * @param registrationId the id in its data
	 * @return {@code true} if it looks so
	 */
	public static boolean isOne(String registrationId) {
		return registrationId.startsWith(PREFIX) && registrationId.indexOf('/') < 0;
	}

}
