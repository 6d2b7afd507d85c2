package io.roster.locks.client;

/**
 * The lock service does not know the credentials of this client (401), or they may not do
 * what was asked for (403), and it changed nothing. Asking again with the same
 * credentials would be refused again. The message is the service's own.
 *
 * @see LockClientBuilder#bearerToken(java.util.function.Supplier)
 */
public final class LockAccessDeniedException extends LockException {

	private static final long serialVersionUID = 1L;

	private final int status;

	LockAccessDeniedException(int status, String message) {
		super(message, null);
		this.status = status;
	}

	/**
	 * The HTTP status of the answer.
	 * @return 401 or 403
	 */
	public int status() {
		return this.status;
	}

}
