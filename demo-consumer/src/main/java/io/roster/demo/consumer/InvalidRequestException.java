package io.roster.demo.consumer;

/** A field of the request is outside of what is allowed. Nothing has been changed. */
final class InvalidRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String field;

	InvalidRequestException(String field, String message) {
		super(message);
		this.field = field;
	}

	String field() {
		return this.field;
	}

}
