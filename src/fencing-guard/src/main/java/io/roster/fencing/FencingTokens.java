package io.roster.fencing;

/**
 * Fencing tokens as text: decimal and from 0 to 2<sup>63</sup>-1. They travel as text
 * because JavaScript's numbers end at 2<sup>53</sup>.
 */
public final class FencingTokens {

	private FencingTokens() {
	}

	/**
	 * Reads a token.
	 * @param token digits only, such as {@code "4294967311"}
	 * @return the token
	 * @throws IllegalArgumentException if it is none
	 */
	public static long parse(String token) {
		try {
			if (!token.isEmpty() && token.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
				return Long.parseLong(token);
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("a fencing token is at most 2^63-1, not " + token, ex);
		}
		throw new IllegalArgumentException("a fencing token has decimal digits only, not '" + token + "'");
	}

	static long check(long token) {
		if (token < 0) {
			throw new IllegalArgumentException("a fencing token is not negative, but this one is " + token);
		}
		return token;
	}

}
