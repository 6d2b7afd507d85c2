package io.roster.acceptance;

import java.nio.file.Path;

/**
 * The Java that runs the tests runs the applications too.
 */
public final class Java {

	private Java() {
	}

	public static String executable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
