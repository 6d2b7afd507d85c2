package io.roster.acceptance.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.roster.acceptance.cluster.load.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the run has seen, as a page of Markdown. It is written again after each step, so
 * that a run that breaks off leaves what it knows.
 */
final class Report {

	private static final Logger log = LoggerFactory.getLogger(Report.class);

	private final Path file;

	private final Map<String, String> cluster = new LinkedHashMap<>();

	private final List<String> steps = new ArrayList<>();

	private final List<String> loads = new ArrayList<>();

	private final List<String> missing = new ArrayList<>();

	Report(Path file) {
		this.file = file;
	}

	void cluster(String what, String value) {
		this.cluster.put(what, value);
		write();
	}

	/** A step that was taken, and what it showed. */
	void step(String what, Duration took, String shown) {
		log.info("{}: {} ({} s)", what, shown, seconds(took.toMillis()));
		this.steps.add("| %s | %s | %s s |".formatted(what, shown, seconds(took.toMillis())));
		write();
	}

	/** What this run could not show, and why. */
	void missing(String what, String why) {
		log.info("not shown: {}, because {}", what, why);
		this.missing.add("- " + what + ": " + why);
		write();
	}

	/** What the load saw during a step. */
	void load(String what, Summary summary) {
		summary.parts()
			.forEach((name, part) -> this.loads.add("| %s | %s | %d | %d | %d | %s s | %s s |".formatted(what, name,
					part.done(), part.retried(), part.failed(),
					name.equals("long lease") ? "-" : seconds(part.longestGapMs()), seconds(part.longestCallMs()))));
		write();
	}

	static String seconds(long millis) {
		return "%.1f".formatted(millis / 1000.0);
	}

	private void write() {
		String page = """
				# The chart on a cluster

				%s

				| step | result | took |
				|---|---|---|
				%s

				| load during | client | calls | repeated | failed | longest gap | longest call |
				|---|---|---|---|---|---|---|
				%s

				Not shown by this run:

				%s
				""".formatted(
				this.cluster.entrySet()
					.stream()
					.map((entry) -> "- " + entry.getKey() + ": " + entry.getValue())
					.collect(Collectors.joining("\n")),
				String.join("\n", this.steps), String.join("\n", this.loads), String.join("\n", this.missing));
		try {
			Files.writeString(this.file, page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
