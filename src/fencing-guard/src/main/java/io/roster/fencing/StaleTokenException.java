package io.roster.fencing;

/**
 * The write was refused: somebody with a greater token, so a later holder of the lock,
 * has been here. Whoever gets this has lost its lock and must not try again with the same
 * token. The transaction is to be rolled back.
 */
public final class StaleTokenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String resource;

	private final long token;

	private final long lastToken;

	StaleTokenException(String resource, long token, long lastToken) {
		super("the write to %s with fencing token %d was refused: a holder with token %d has written since"
			.formatted(resource, token, lastToken));
		this.resource = resource;
		this.token = token;
		this.lastToken = lastToken;
	}

	/**
	 * What was to be written.
	 * @return the resource
	 */
	public String resource() {
		return this.resource;
	}

	/**
	 * The token that is stale.
	 * @return the token of the write that was refused
	 */
	public long token() {
		return this.token;
	}

	/**
	 * What it was compared with.
	 * @return the greatest token that the resource has accepted, as far as was seen
	 */
	public long lastToken() {
		return this.lastToken;
	}

}
