package io.roster.quickstart;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/** What the person in front of the demo sees; safe for use by several threads. */
final class Console {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

	private final PrintStream out;

	private final Clock clock;

	Console(PrintStream out, Clock clock) {
		this.out = out;
		this.clock = clock;
	}

	/** Prints as it is. */
	synchronized void say(String text) {
		this.out.println(text);
		this.out.flush();
	}

	/** Prints with the time: something has happened. */
	void event(String text) {
		say(LocalTime.now(this.clock).format(TIME) + "  " + text);
	}

}
