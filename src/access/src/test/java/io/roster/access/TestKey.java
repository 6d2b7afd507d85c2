package io.roster.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * An API key as an operator makes it.
 *
 * @param principal who has it
 * @param role what it is good for
 * @param value the key
 */
public record TestKey(String principal, String role, String value) {

	/**
	 * Makes a key at random.
	 */
	public static TestKey make(String principal, String role) {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		return new TestKey(principal, role, "rk_" + HexFormat.of().formatHex(random));
	}

	/**
	 * What the configuration has of it.
	 */
	public String hash() {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(this.value.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The properties, as {@code name=value}, of a service that knows some keys.
	 */
	public static String[] properties(TestKey... keys) {
		return Stream.iterate(0, (i) -> i < keys.length, (i) -> i + 1)
			.flatMap((i) -> keys[i].properties(i))
			.toArray(String[]::new);
	}

	private Stream<String> properties(int index) {
		String property = "roster.access.api-keys[" + index + "].";
		return Stream.of(property + "principal=" + this.principal, property + "role=" + this.role,
				property + "hash=" + hash());
	}

	@Override
	public String toString() {
		return this.principal;
	}

}
