package io.roster.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * How a reader builds the address of an instance: Curator's {@code UriSpec}, a text in
 * which braces enclose names such as {@code scheme}, {@code address}, {@code port} and
 * {@code ssl-port}.
 *
 * @param parts the literal texts and the names
 */
record UriSpec(List<Part> parts) {

	/** Spring Cloud ZooKeeper's default. */
	static final String DEFAULT = "{scheme}://{address}:{port}";

	/**
	 * A piece of the text.
	 *
	 * @param value the text or the name
	 * @param variable whether it is a name
	 */
	record Part(String value, boolean variable) {
	}

	static UriSpec parse(String text) {
		List<Part> parts = new ArrayList<>();
		boolean inside = false;
		StringTokenizer tokens = new StringTokenizer(text, "{}", true);
		while (tokens.hasMoreTokens()) {
			String token = tokens.nextToken();
			if (token.equals("{") || token.equals("}")) {
				if (inside != token.equals("}")) {
					throw unbalanced(text);
				}
				inside = !inside;
			}
			else {
				parts.add(inside ? new Part(token.strip(), true) : new Part(token, false));
			}
		}
		if (inside) {
			throw unbalanced(text);
		}
		return new UriSpec(List.copyOf(parts));
	}

	private static IllegalArgumentException unbalanced(String text) {
		return new IllegalArgumentException("the braces of a URI specification must come in pairs, as in '" + DEFAULT
				+ "', and these do not: '" + text + "'");
	}

}
