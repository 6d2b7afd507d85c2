package io.roster.acceptance.benchmark;

/**
 * A process with some sessions, each with one instance of Roster's, and as many with one
 * of Curator's: all ready to be killed.
 */
final class DoomedProvider {

	private DoomedProvider() {
	}

	/**
	 * Registers and waits for its end.
	 * @param args the ensemble, the first port, and how many from there on
	 */
	public static void main(String[] args) throws Exception {
		ChildProcess.endWithInput();
		int first = Integer.parseInt(args[1]);
		for (int port = first; port < first + Integer.parseInt(args[2]); port++) {
			RosterProvider.following(Fixtures.connect(args[0])).start(port);
			new CuratorProvider(Fixtures.connect(args[0]).client(), CuratorProvider.ROOT).start(port);
		}
		ChildProcess.say(ChildProcess.READY);
	}

}
