package io.roster.registry.problem;

/**
 * A part of the request is outside of what is allowed. Nothing has been changed.
 */
public final class InvalidRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String field;

	/**
	 * Refuses a request.
	 * @param field the offending path variable, parameter or field
	 * @param message the offending value and what is expected, as a sentence
	 */
	public InvalidRequestException(String field, String message) {
		super(message);
		this.field = field;
	}

	/**
	 * The offending part.
	 * @return its name
	 */
	public String field() {
		return this.field;
	}

}
