package io.roster.ensemble;

import org.jspecify.annotations.Nullable;

/**
 * A member that could not start. The message is one sentence that says what is wrong and
 * what to do about it.
 */
public final class MemberStartException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	MemberStartException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * What kind of thing is wrong.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/** What keeps a member from starting. */
	public enum Reason {

		/** Another living member works on the data directory. */
		DATA_DIRECTORY_IN_USE,

		/** The data directory cannot be made, read or written. */
		DATA_DIRECTORY_NOT_WRITABLE,

		/** The file {@code myid} names another member than the configuration. */
		WRONG_ID,

		/** Something else listens on one of the member's ports. */
		PORT_IN_USE,

		/** The member's address cannot be listened on: unknown, or of another host. */
		ADDRESS_UNUSABLE,

		/** ZooKeeper refused the configuration or the data; the cause says why. */
		REFUSED

	}

}
