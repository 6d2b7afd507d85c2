package io.roster.quickstart;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

import io.roster.quickstart.Command.Help;
import io.roster.quickstart.Command.Member;
import io.roster.quickstart.Command.MemberAction;
import io.roster.quickstart.Command.RunDemo;

/** Reads the command line. */
final class CommandLine {

	static final String USAGE = """
			usage: java -jar roster-quickstart.jar [options]
			           starts three ensemble members, registry-server, lock-service, demo-consumer and demo-bikesvc
			           on loopback, and stops them on Ctrl-C
			       java -jar roster-quickstart.jar member start|stop|status N [--dir FOLDER]
			           does that to member N, of the running demo or alone

			options:
			  --dir FOLDER       where data and logs are kept (default: .roster/demo in the home folder)
			  --bikesvc N        how many instances of demo-bikesvc (default: 2, at most 9)
			  --port-offset N    added to every port (default: 0)
			  --free-ports       takes any free ports; run/ports.properties in the folder names them
			  --home FOLDER      the project's folder, with the built applications (default: where this jar was built)
			""";

	private final Deque<String> rest;

	private Path folder = Path.of(System.getProperty("user.home"), ".roster", "demo");

	private Path home = Installation.defaultHome();

	private int portOffset;

	private boolean freePorts;

	private int bikesvcs = 2;

	private CommandLine(String[] args) {
		this.rest = new ArrayDeque<>(List.of(args));
	}

	/**
	 * Reads it.
	 * @throws UsageException if it cannot be understood
	 */
	static Command parse(String... args) {
		return new CommandLine(args).command();
	}

	private Command command() {
		List<String> words = words();
		if (words.contains("help")) {
			return new Help();
		}
		Options options = new Options(this.folder, this.home, this.portOffset, this.freePorts, this.bikesvcs);
		if (words.isEmpty()) {
			return new RunDemo(options);
		}
		if (words.size() == 3 && "member".equals(words.get(0))) {
			return new Member(action(words.get(1)), number("member", words.get(2), 1, Ports.MEMBERS), options);
		}
		throw new UsageException("'" + String.join(" ", words) + "' is no command");
	}

	private List<String> words() {
		List<String> words = new ArrayList<>();
		while (!this.rest.isEmpty()) {
			String word = this.rest.pop();
			switch (word) {
				case "--dir" -> this.folder = Path.of(value(word));
				case "--home" -> this.home = Path.of(value(word));
				case "--port-offset" -> this.portOffset = number(word, value(word), 0, 50_000);
				case "--free-ports" -> this.freePorts = true;
				case "--bikesvc" -> this.bikesvcs = number(word, value(word), 1, Options.MAX_BIKESVCS);
				case "--help", "-h", "help" -> words.add("help");
				default -> words.add(word);
			}
		}
		return words;
	}

	private String value(String option) {
		String value = this.rest.poll();
		if (value == null) {
			throw new UsageException(option + " needs a value");
		}
		return value;
	}

	private static MemberAction action(String word) {
		try {
			return MemberAction.valueOf(word.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException("'member " + word + "' is no command: it is start, stop or status");
		}
	}

	private static int number(String what, String value, int lowest, int highest) {
		try {
			int number = Integer.parseInt(value);
			if (number >= lowest && number <= highest) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// It is told below, like a number out of its range.
		}
		throw new UsageException(what + " takes a number from " + lowest + " to " + highest + ", not '" + value + "'");
	}

}
