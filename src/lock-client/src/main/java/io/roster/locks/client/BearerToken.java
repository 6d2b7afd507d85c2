package io.roster.locks.client;

import java.net.http.HttpRequest;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What this client shows to be known by, asked for before each request so that it may
 * change.
 */
final class BearerToken {

	/** RFC 6750, section 2.1. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private final Supplier<? extends @Nullable String> supplier;

	BearerToken(Supplier<? extends @Nullable String> supplier) {
		this.supplier = supplier;
	}

	/**
	 * Adds the header.
	 * @throws IllegalStateException if what was supplied is no token; it does not say
	 * what that was, because messages are logged
	 */
	void addTo(HttpRequest.Builder request) {
		String supplied = this.supplier.get();
		// A file with a secret in it often ends with a line break.
		String token = (supplied != null) ? supplied.strip() : "";
		if (token.isEmpty()) {
			return;
		}
		if (!TOKEN.matcher(token).matches()) {
			throw new IllegalStateException(
					"the bearer token has a character that no token has (RFC 6750): %d characters were supplied"
						.formatted(token.length()));
		}
		request.header("Authorization", "Bearer " + token);
	}

}
