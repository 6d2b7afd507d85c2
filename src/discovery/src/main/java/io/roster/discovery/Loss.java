package io.roster.discovery;

/**
 * An instance that took requests and is gone without a good-bye.
 */
final class Loss {

	private final Member member;

	private final long at;

	private boolean doubted;

	private boolean settled;

	private boolean counts = true;

	/**
	 * Notes a loss.
	 * @param member the instance as it was known last
	 * @param at when it went, on the directory's ticker
	 */
	Loss(Member member, long at) {
		this.member = member;
		this.at = at;
	}

	Member member() {
		return this.member;
	}

	/** How long ago it went, in nanoseconds. */
	long age(long now) {
		return now - this.at;
	}

	void doubt() {
		this.doubted = true;
	}

	/** Whether it is listed as a suspect. */
	boolean doubted() {
		return this.doubted;
	}

	void settle() {
		this.settled = true;
	}

	/** Whether it matters no more. */
	boolean settled() {
		return this.settled;
	}

	void leaveWindow() {
		this.counts = false;
	}

	/** Whether it belongs to the window that is looked at. */
	boolean counts() {
		return this.counts;
	}

}
