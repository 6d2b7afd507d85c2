package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints the rows of the README's table, each when it is known. A time is given as its
 * median, its 99th percentile and how many were measured; the ratio is that of the
 * medians.
 */
final class Report {

	private final int members;

	private Report(int members) {
		this.members = members;
	}

	/** Says what the figures were measured on. */
	static void machine() {
		long memory = Runtime.getRuntime().maxMemory() >> 20;
		System.out.printf(Locale.ROOT, "%s, %d processors (%s), JDK %s, heap %,d MB; everything on this machine%n",
				System.getProperty("os.name"), Runtime.getRuntime().availableProcessors(), processor(),
				Runtime.version(), memory);
	}

	private static String processor() {
		Path file = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(file)) {
			return System.getProperty("os.arch");
		}
		try {
			return Files.readAllLines(file)
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Begins a table.
	 * @param members of the ensemble that is measured
	 * @return the table
	 */
	static Report of(int members) {
		System.out.printf("%n| median, p99 (how many) | Roster | peer | ratio |%n|---|---|---|---|%n");
		return new Report(members);
	}

	/** Times that are the less the better. */
	void times(String what, String roster, Samples ours, String peer, Samples theirs) {
		row(what, "`" + roster + "` " + ours, "`" + peer + "` " + theirs, ratio(theirs.median() / ours.median()));
	}

	/** Any figures. */
	void row(String what, String roster, String peer, String ratio) {
		System.out.printf("| %s, %s | %s | %s | %s |%n", what, (this.members == 1) ? "one member" : members(), roster,
				peer, ratio);
	}

	private String members() {
		return switch (this.members) {
			case 3 -> "three members";
			case 5 -> "five members";
			default -> this.members + " members";
		};
	}

	private static String ratio(double faster) {
		if (faster > 0.9 && faster < 1.1) {
			return "alike";
		}
		double times = (faster > 1) ? faster : 1 / faster;
		return String.format(Locale.ROOT, (times < 10) ? "%.1f times %s" : "%,.0f times %s", times,
				(faster > 1) ? "faster" : "slower");
	}

}
