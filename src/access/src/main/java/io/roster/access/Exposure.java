package io.roster.access;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/**
 * Who can reach this service: without credentials it must be this machine alone.
 */
final class Exposure {

	private Exposure() {
	}

	/**
	 * Refuses to open a service without credentials to other machines.
	 * @param server where the service listens
	 * @param management where its management listens; {@code null} if that is the same
	 * port
	 */
	static void requireLoopback(ServerProperties server, @Nullable ManagementServerProperties management) {
		requireLoopback("server.address", server.getAddress());
		if (management != null) {
			requireLoopback("management.server.address", management.getAddress());
		}
	}

	private static void requireLoopback(String property, @Nullable InetAddress address) {
		if (address == null || !address.isLoopbackAddress()) {
			throw new AccessConfigurationException(
					"%s=%s opens this service to other machines, and no credentials are configured.".formatted(property,
							(address != null) ? address.getHostAddress() : ""),
					"Configure roster.access.api-keys (principal, role, hash), or an issuer of tokens "
							+ "(spring.security.oauth2.resourceserver.jwt.issuer-uri), or set " + property
							+ " to 127.0.0.1.");
		}
	}

}
