package io.roster.ensemble;

/**
 * There was no quorum in time. The message says which members are missing and why.
 */
public final class QuorumTimeoutException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient EnsembleStatus status;

	QuorumTimeoutException(String message, EnsembleStatus status) {
		super(message);
		this.status = status;
	}

	/**
	 * What the members said last.
	 * @return the status
	 */
	public EnsembleStatus status() {
		return this.status;
	}

}
