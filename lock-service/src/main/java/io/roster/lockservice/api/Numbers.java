package io.roster.lockservice.api;

import io.roster.lockservice.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in the parameters of a request.
 */
final class Numbers {

	private Numbers() {
	}

	/**
	 * Reads a number.
	 * @param field the parameter's name
	 * @param text what the request says; {@code null} if nothing
	 * @param absent what that means
	 * @param from the least that is taken
	 * @param to the most that is taken
	 * @return the number
	 * @throws InvalidRequestException it is another one, or none
	 */
	static long parse(String field, @Nullable String text, long absent, long from, long to) {
		if (text == null) {
			return absent;
		}
		try {
			long value = Long.parseLong(text);
			if (value >= from && value <= to) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// told below
		}
		throw new InvalidRequestException(field,
				"%s is a number from %d to %d, and not '%s'.".formatted(field, from, to, text));
	}

}
