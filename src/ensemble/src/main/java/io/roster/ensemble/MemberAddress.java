package io.roster.ensemble;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A host and a port, as a connect string names them.
 *
 * @param host a host name or an IP address, IPv6 without brackets
 * @param port the port, 1 to 65535
 */
public record MemberAddress(String host, int port) {

	/** The address that members listen on unless told otherwise. */
	public static final String LOOPBACK = "127.0.0.1";

	/** ZooKeeper's port for clients where none is named. */
	public static final int DEFAULT_CLIENT_PORT = 2181;

	public MemberAddress {
		if (host.isBlank()) {
			throw new IllegalArgumentException("An address needs a host, such as 127.0.0.1, but it is blank");
		}
		requirePort("port", port);
	}

	/**
	 * Reads {@code host:port}, {@code [ipv6]:port} or a host alone.
	 * @param address the text
	 * @return the address, with port 2181 where none is named
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static MemberAddress parse(String address) {
		String text = address.strip();
		int colon = text.lastIndexOf(':');
		boolean bracketed = text.startsWith("[");
		if (bracketed ? colon < text.indexOf(']') : colon < 0 || text.indexOf(':') != colon) {
			return new MemberAddress(withoutBrackets(text), DEFAULT_CLIENT_PORT);
		}
		return new MemberAddress(withoutBrackets(text.substring(0, colon)),
				parsePort("address '" + address + "'", text.substring(colon + 1)));
	}

	/**
	 * Reads a connect string: addresses separated by commas, with or without a chroot at
	 * its end.
	 * @param connectString for instance {@code 127.0.0.1:2181,127.0.0.1:2182/app}
	 * @return its addresses, at least one
	 * @throws IllegalArgumentException if it holds none, or one that is malformed
	 */
	public static List<MemberAddress> parseAll(String connectString) {
		int chroot = connectString.indexOf('/');
		String addresses = (chroot < 0) ? connectString : connectString.substring(0, chroot);
		List<MemberAddress> parsed = new ArrayList<>();
		for (String address : addresses.split(",", -1)) {
			if (!address.isBlank()) {
				parsed.add(parse(address));
			}
		}
		if (parsed.isEmpty()) {
			throw new IllegalArgumentException("The connect string '" + connectString
					+ "' names no member; expected host:port, separated by commas");
		}
		return List.copyOf(parsed);
	}

	/**
	 * Resolves the host; a look-up of a name blocks.
	 * @return the socket address, unresolved where the name is unknown
	 */
	InetSocketAddress resolve() {
		return new InetSocketAddress(this.host, this.port);
	}

	boolean isWildcard() {
		return this.host.equals("0.0.0.0") || this.host.equals("::") || this.host.equals("0:0:0:0:0:0:0:0");
	}

	static void requirePort(String name, int port) {
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException(name + " must be a port from 1 to 65535, but is " + port);
		}
	}

	static int parsePort(String where, String text) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"The port in " + where + " must be a number from 1 to 65535, but is '" + text + "'", ex);
		}
	}

	static String withoutBrackets(String host) {
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * The address as a connect string holds it.
	 * @return {@code host:port}, or {@code [ipv6]:port}
	 */
	@Override
	public String toString() {
		return bracketed(this.host) + ":" + this.port;
	}

	static String bracketed(String host) {
		return (host.indexOf(':') < 0) ? host : "[" + host + "]";
	}

}
