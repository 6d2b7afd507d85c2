package io.roster.locks.client;

/**
 * The lock service refused the request, and changed nothing: asking again would be
 * refused again. The message is the service's own.
 */
public final class LockRefusedException extends LockException {

	private static final long serialVersionUID = 1L;

	private final int status;

	LockRefusedException(int status, String message) {
		super(message, null);
		this.status = status;
	}

	/**
	 * The HTTP status of the answer.
	 * @return the status, from 400 to 499
	 */
	public int status() {
		return this.status;
	}

}
