package io.roster.acceptance.benchmark;

/**
 * What was measured of one kind of load balancer.
 *
 * @param starts from the call that registers an instance until it is chosen
 * @param stops from the call that takes it away until it can be chosen no more
 * @param kills from {@code kill -9} until then
 */
record Figures(Samples starts, Samples stops, Samples kills) {

	static Figures empty() {
		return new Figures(new Samples(), new Samples(), new Samples());
	}

	/** Prints how these compare with a peer's. */
	void report(Report report, String mine, String peer, Figures theirs) {
		reportCalls(report, mine, peer, theirs);
		report.times("`kill -9` until it can choose it no more", mine, this.kills, peer, theirs.kills);
	}

	/** The same without the kills. */
	void reportCalls(Report report, String mine, String peer, Figures theirs) {
		report.times("start until the load balancer chooses it", mine, this.starts, peer, theirs.starts);
		report.times("graceful stop until it can choose it no more", mine, this.stops, peer, theirs.stops);
	}

}
