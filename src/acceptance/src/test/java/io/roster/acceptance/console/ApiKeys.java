package io.roster.acceptance.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Keys of one test run, and the configuration of a server that knows them.
 */
final class ApiKeys {

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private ApiKeys() {
	}

	static String random() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return "rk_" + HexFormat.of().formatHex(bytes);
	}

	/**
	 * The properties of a server with one key.
	 * @param connectString its ensemble
	 * @param role the key's role
	 * @param key the key
	 * @param lockService where the locks are that it shows
	 * @return as {@code name=value}
	 */
	static String[] properties(String connectString, String role, String key, URI lockService) {
		return new String[] { "spring.cloud.zookeeper.connect-string=" + connectString,
				"roster.console.lock-service=" + lockService, "roster.access.api-keys[0].principal=" + role,
				"roster.access.api-keys[0].role=" + role, "roster.access.api-keys[0].hash=" + sha256(key) };
	}

	private static String sha256(String key) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
