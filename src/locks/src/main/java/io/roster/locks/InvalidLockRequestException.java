package io.roster.locks;

/**
 * A request that breaks a limit. Nothing was changed.
 */
public final class InvalidLockRequestException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String field;

	/**
	 * Refuses a request.
	 * @param field the offending field, as the request names it
	 * @param message the offending value and what is expected
	 */
	public InvalidLockRequestException(String field, String message) {
		super(message);
		this.field = field;
	}

	/**
	 * Which field is wrong.
	 * @return its name in the request: {@code lock}, {@code lease}, {@code ttl}, ...
	 */
	public String field() {
		return this.field;
	}

}
