package io.roster.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The API keys that are known, by their SHA-256. A slow hash, with a salt, protects what
 * people make up and use twice; a key is at least 128 random bits, which nobody tries
 * out, and it is checked with each request.
 */
final class ApiKeys {

	/** What every key begins with; no JSON Web Token does. */
	static final String PREFIX = "rk_";

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final String MAKE_ONE = "Make a key with: key=rk_$(openssl rand -hex 32), and its hash with: "
			+ "printf %s \"$key\" | sha256sum";

	private final List<Entry> entries;

	private ApiKeys(List<Entry> entries) {
		this.entries = entries;
	}

	/**
	 * The keys of a configuration.
	 * @param keys the configuration
	 * @return the keys
	 * @throws AccessConfigurationException if one of them is not complete or in conflict
	 * with another one
	 */
	static ApiKeys of(List<AccessProperties.ApiKey> keys) {
		Map<String, Role> roles = new HashMap<>();
		Map<String, Integer> hashes = new HashMap<>();
		List<Entry> entries = new ArrayList<>();
		for (int i = 0; i < keys.size(); i++) {
			String property = "roster.access.api-keys[%d]".formatted(i);
			String name = name(property, keys.get(i).principal());
			Role role = role(property, keys.get(i).role());
			String hash = hash(property, keys.get(i).hash());
			Role other = roles.putIfAbsent(name, role);
			if (other != null && other != role) {
				throw new AccessConfigurationException(
						"%s gives the principal '%s' the role %s, and an entry before it the role %s."
							.formatted(property, name, role.text(), other.text()),
						"Give both keys of a principal the same role, or use two principals.");
			}
			Integer before = hashes.putIfAbsent(hash, i);
			if (before != null) {
				throw new AccessConfigurationException(
						"%s.hash is also that of roster.access.api-keys[%d].".formatted(property, before),
						"Give every entry a key of its own. " + MAKE_ONE);
			}
			entries.add(new Entry(HexFormat.of().parseHex(hash), new Caller(name, role, null)));
		}
		return new ApiKeys(List.copyOf(entries));
	}

	private static String name(String property, @Nullable String name) {
		if (name == null || !Caller.isName(name)) {
			throw new AccessConfigurationException(
					"%s.principal is '%s'.".formatted(property, (name != null) ? name : ""),
					"Name who has the key, in up to 256 characters, and not '" + Caller.ANONYMOUS + "'.");
		}
		return name;
	}

	private static Role role(String property, @Nullable String role) {
		return Role.find((role != null) ? role : "")
			.orElseThrow(() -> new AccessConfigurationException(
					"%s.role is '%s', which is no role.".formatted(property, (role != null) ? role : ""),
					"Set it to viewer, client or operator."));
	}

	private static String hash(String property, @Nullable String hash) {
		if (hash == null || !HASH.matcher(hash).matches()) {
			throw new AccessConfigurationException(
					"%s.hash has not the form of a SHA-256 in hexadecimal: 64 digits, letters in lower case."
						.formatted(property),
					"Set it to the hash of a key, and not to the key. " + MAKE_ONE);
		}
		return hash;
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Finds who has a key, in a time that does not depend on which key it is.
	 * @param key what was sent
	 * @return who has it
	 */
	Optional<Caller> find(String key) {
		byte[] hash = sha256(key);
		Caller found = null;
		for (Entry entry : this.entries) {
			if (MessageDigest.isEqual(entry.hash, hash)) {
				found = entry.caller;
			}
		}
		return Optional.ofNullable(found);
	}

	private static byte[] sha256(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	// An array has no equals of its own, and none is needed.
	@SuppressWarnings("ArrayRecordComponent")
	private record Entry(byte[] hash, Caller caller) {
	}

}
