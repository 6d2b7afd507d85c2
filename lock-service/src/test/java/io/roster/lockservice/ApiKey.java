package io.roster.lockservice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A key that was made for one test.
 *
 * @param principal who has it
 * @param role what it is good for
 * @param text the key
 */
record ApiKey(String principal, String role, String text) {

	static ApiKey of(String principal, String role) {
		return new ApiKey(principal, role, "rk_" + UUID.randomUUID().toString().replace("-", ""));
	}

	String header() {
		return "Bearer " + this.text;
	}

	/** What a service has to be started with that is to know these keys. */
	static String[] properties(ApiKey... keys) {
		List<String> properties = new ArrayList<>();
		for (int i = 0; i < keys.length; i++) {
			String entry = "roster.access.api-keys[%d].".formatted(i);
			properties.add(entry + "principal=" + keys[i].principal);
			properties.add(entry + "role=" + keys[i].role);
			properties.add(entry + "hash=" + keys[i].hash());
		}
		return properties.toArray(String[]::new);
	}

	private String hash() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
