package io.roster.lockservice.problem;

import org.springframework.http.ProblemDetail;

/**
 * A field of the request is outside of what is allowed. Nothing has been changed.
 */
public final class InvalidRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String field;

	/**
	 * Refuses a request.
	 * @param field the offending field, path variable or parameter, as the client wrote
	 * it
	 * @param message the offending value and what is expected
	 */
	public InvalidRequestException(String field, String message) {
		super(message);
		this.field = field;
	}

	/**
	 * What the client is told.
	 * @return the body of the answer, with the offending field
	 */
	public ProblemDetail problem() {
		ProblemDetail problem = Problem.INVALID_REQUEST.because(String.valueOf(getMessage()));
		problem.setProperty("field", this.field);
		return problem;
	}

}
