package io.roster.quickstart;

/** What the command line asks for. */
sealed interface Command {

	/** Start everything and stay in the foreground. */
	record RunDemo(Options options) implements Command {
	}

	/** Do something with one member, as {@code zkServer.sh} does. */
	record Member(MemberAction action, int id, Options options) implements Command {
	}

	/** Show the usage. */
	record Help() implements Command {
	}

	/** What is to be done with a member. */
	enum MemberAction {

		/** Start it in the background. */
		START,

		/** Stop it. */
		STOP,

		/** Show its role. */
		STATUS,

		/** Run it in this process, until the process is told to end. */
		RUN

	}

}
