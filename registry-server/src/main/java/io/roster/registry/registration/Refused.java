package io.roster.registry.registration;

/**
 * Why a registration is not changed.
 */
final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	Refused(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	Reason reason() {
		return this.reason;
	}

	/** Why. */
	enum Reason {

		/** It has expired, or was removed. */
		GONE,

		/** It belongs to another principal. */
		NOT_YOURS,

		/** It was not registered over REST. */
		FOREIGN

	}

}
