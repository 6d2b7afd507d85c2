package io.roster.access;

/**
 * The service does not start, because its configuration does not say who may call it.
 */
final class AccessConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Refuses a configuration.
	 * @param message the offending property and what is wrong with it, without the value
	 * of a hash: somebody may have put a key there
	 * @param action what to do
	 */
	AccessConfigurationException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
