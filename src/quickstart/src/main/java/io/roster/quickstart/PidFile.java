package io.roster.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Names the process that runs under a name, with the time it was started, so that a pid
 * that the system has given to another process since is not taken for it.
 */
final class PidFile {

	private final Path file;

	PidFile(Path file) {
		this.file = file;
	}

	void write(ProcessHandle process) throws IOException {
		Files.writeString(this.file, process.pid() + " " + startOf(process) + System.lineSeparator());
	}

	Optional<ProcessHandle> running() throws IOException {
		if (!Files.exists(this.file)) {
			return Optional.empty();
		}
		String[] fields = Files.readString(this.file).strip().split(" ", -1);
		if (fields.length != 2 || !fields[0].matches("[0-9]{1,10}")) {
			return Optional.empty();
		}
		return ProcessHandle.of(Long.parseLong(fields[0]))
			.filter(ProcessHandle::isAlive)
			.filter((process) -> startOf(process).equals(fields[1]));
	}

	void delete() throws IOException {
		Files.deleteIfExists(this.file);
	}

	private static String startOf(ProcessHandle process) {
		return process.info().startInstant().map(Instant::toString).orElse("-");
	}

}
