package io.roster.registry.config;

import java.util.regex.Pattern;

import io.roster.registry.problem.InvalidRequestException;

/**
 * One property of one application.
 *
 * @param application the name of a context of spring-cloud-zookeeper-config: an
 * application's name, {@code application} for all of them, or either with a comma and a
 * profile
 * @param key the property, as Spring names it
 */
record PropertyKey(String application, String key) {

	private static final int LONGEST = 200;

	private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._,-]*[A-Za-z0-9])?");

	/** Elements separated by single dots; an element may have indexes, as in a[0].b. */
	private static final Pattern KEY = Pattern
		.compile("[A-Za-z0-9_-]+(?:\\[[A-Za-z0-9._-]+])*(?:\\.[A-Za-z0-9_-]+(?:\\[[A-Za-z0-9._-]+])*)*");

	static PropertyKey valid(String application, String key) {
		if (key.length() > LONGEST || !KEY.matcher(key).matches()) {
			throw new InvalidRequestException("key",
					"key is the name of a property such as ride.price, of up to 200 letters, digits, '.', '-', '_', "
							+ "'[' and ']', and not " + quoted(key) + ".");
		}
		return new PropertyKey(validApplication(application), key);
	}

	static String validApplication(String application) {
		if (application.length() > LONGEST || !APPLICATION.matcher(application).matches()) {
			throw new InvalidRequestException("application",
					"application is a name such as bikesvc or bikesvc,dev, of up to 200 letters, digits, '.', '-', '_' "
							+ "and ',', and not " + quoted(application) + ".");
		}
		return application;
	}

	private static String quoted(String text) {
		return (text.length() > LONGEST) ? "one of " + text.length() + " characters" : "'" + text + "'";
	}

	@Override
	public String toString() {
		return "'" + this.key + "' of " + this.application;
	}

}
