package io.roster.access;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * Whether a service asks for credentials.
 */
final class AccessMode {

	private static final Logger log = LoggerFactory.getLogger(AccessMode.class);

	private final @Nullable AuthenticationManager credentials;

	private AccessMode(@Nullable AuthenticationManager credentials) {
		this.credentials = credentials;
	}

	static AccessMode open() {
		return new AccessMode(null);
	}

	static AccessMode closed(AuthenticationManager credentials) {
		return new AccessMode(credentials);
	}

	/**
	 * Checks credentials.
	 * @return whoever does; {@code null} if nobody is asked for any
	 */
	@Nullable AuthenticationManager credentials() {
		return this.credentials;
	}

	@EventListener(ApplicationReadyEvent.class)
	void onReady() {
		if (this.credentials == null) {
			log.warn("No credentials are configured: everybody on this machine may do everything here. "
					+ "roster.access.api-keys, or an issuer of tokens, closes it, and is needed before server.address "
					+ "opens it to a network.");
		}
	}

}
