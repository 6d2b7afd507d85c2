package io.roster.discovery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An address and a port, as any program may have written them.
 */
record Endpoint(String address, int port) {

	/** RFC 1035: a host name has at most 253 characters. */
	private static final int LONGEST_HOST = 253;

	/** Longer text is no endpoint: host, brackets, colon and five digits. */
	static final int LONGEST = LONGEST_HOST + 8;

	/** A host name (RFC 1123, and the underscore that is used all the same) or IPv4. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?\\.?");

	/** Loose on purpose: it keeps out what would change the meaning of a URI. */
	private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");

	private static final Pattern TEXT = Pattern.compile("(?:\\[([^\\]]+)\\]|([^:\\[\\]]+)):(\\d{1,5})");

	/**
	 * Reads {@code host:port} or {@code [IPv6]:port}.
	 * @param text any text
	 * @return the endpoint, if the text is one
	 */
	static Optional<Endpoint> parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (text.length() > LONGEST || !matcher.matches()) {
			return Optional.empty();
		}
		String bracketed = matcher.group(1);
		if (bracketed != null && !IPV6.matcher(bracketed).matches()) {
			return Optional.empty();
		}
		return of((bracketed != null) ? bracketed : matcher.group(2), Integer.parseInt(matcher.group(3)));
	}

	/**
	 * Checks the two parts of an endpoint.
	 * @param address an address, an IPv6 address with or without brackets
	 * @param port a number
	 * @return the endpoint, if both are good
	 */
	static Optional<Endpoint> of(@Nullable String address, int port) {
		if (address == null) {
			return Optional.empty();
		}
		boolean bracketed = address.startsWith("[") && address.endsWith("]");
		String host = bracketed ? address.substring(1, address.length() - 1) : address;
		return (isHost(host) && isPort(port)) ? Optional.of(new Endpoint(host, port)) : Optional.empty();
	}

	static boolean isHost(String text) {
		return text.length() <= LONGEST_HOST && (NAME.matcher(text).matches() || IPV6.matcher(text).matches());
	}

	static boolean isPort(int number) {
		return number >= 1 && number <= 65_535;
	}

}
