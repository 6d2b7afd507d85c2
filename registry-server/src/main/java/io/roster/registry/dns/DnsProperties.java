package io.roster.registry.dns;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the DNS server, which is off unless a port is set.
 *
 * @param port its port, UDP and TCP, such as 8653; 0 for any that is free
 * @param address the address that it listens on; whoever can reach it sees all names and
 * addresses, because DNS knows no credentials
 * @param zone the zone, a name that ends with a dot
 * @param ttl how long an answer may be cached
 * @param maxTcpConnections how many TCP connections may be open at once; more are closed
 * @param tcpIdle how long a TCP connection may be silent
 */
@ConfigurationProperties("roster.dns")
public record DnsProperties(@DefaultValue("-1") int port, @DefaultValue("127.0.0.1") String address,
		@DefaultValue("roster.") String zone, @DefaultValue("5s") Duration ttl,
		@DefaultValue("100") int maxTcpConnections, @DefaultValue("10s") Duration tcpIdle) {

	/**
	 * Checks the values.
	 */
	public DnsProperties {
		if (!zone.endsWith(".") || zone.length() < 2) {
			throw new IllegalArgumentException(
					"roster.dns.zone must be a name that ends with a dot, such as roster., and not '" + zone + "'");
		}
		if (ttl.isNegative() || ttl.toSeconds() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("roster.dns.ttl must be zero or longer, but is " + ttl);
		}
		if (maxTcpConnections < 1 || tcpIdle.toMillis() < 1) {
			throw new IllegalArgumentException("roster.dns.max-tcp-connections and .tcp-idle must be positive, but are "
					+ maxTcpConnections + " and " + tcpIdle);
		}
	}

}
