package io.roster.registry.console;

/**
 * The lock service gives no answer that could be passed on.
 */
final class LockServiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final LocksView.Trouble trouble;

	LockServiceException(LocksView.Trouble trouble, String message) {
		super(message);
		this.trouble = trouble;
	}

	LocksView.Trouble trouble() {
		return this.trouble;
	}

}
