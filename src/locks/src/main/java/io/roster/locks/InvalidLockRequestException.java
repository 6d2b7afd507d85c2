package io.roster.locks;

/**
 * A request that breaks a limit. Nothing was changed.
 */
public final class InvalidLockRequestException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String field;

	InvalidLockRequestException(String field, String message) {
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
