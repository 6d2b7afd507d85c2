package io.roster.ensemble;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that listens on a TCP port, where the system tells: on Linux, by
 * {@code /proc}, and only for processes that this user may look at.
 *
 * @param pid the process id
 * @param command its command line, shortened; empty where it cannot be read
 */
public record PortHolder(long pid, String command) {

	private static final Path PROC = Path.of("/proc");

	private static final int MAX_COMMAND = 160;

	/**
	 * Columns of /proc/net/tcp: number, local address:port, remote, state, ..., inode.
	 */
	private static final Pattern LISTENING = Pattern
		.compile("\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A (?:\\S+\\s+){5}(\\d+) .*");

	/**
	 * Finds who listens on a port, on any address of this host. Reads files, so it
	 * blocks.
	 * @param port the port
	 * @return the process, or empty where nobody listens or the system does not tell
	 */
	public static Optional<PortHolder> of(int port) {
		Set<String> sockets = new HashSet<>();
		String wanted = String.format(Locale.ROOT, "%04X", port);
		for (String table : new String[] { "net/tcp", "net/tcp6" }) {
			for (String line : readLines(PROC.resolve(table))) {
				Matcher entry = LISTENING.matcher(line);
				if (entry.matches() && entry.group(1).equals(wanted)) {
					sockets.add("socket:[" + entry.group(2) + "]");
				}
			}
		}
		return sockets.isEmpty() ? Optional.empty() : find(sockets);
	}

	private static Optional<PortHolder> find(Set<String> sockets) {
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
			for (Path process : processes) {
				if (holds(process, sockets)) {
					return Optional
						.of(new PortHolder(Long.parseLong(process.getFileName().toString()), command(process)));
				}
			}
		}
		catch (IOException ex) {
			// No /proc that can be read: the system does not tell.
			return Optional.empty();
		}
		return Optional.empty();
	}

	private static boolean holds(Path process, Set<String> sockets) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
			for (Path file : files) {
				if (sockets.contains(target(file))) {
					return true;
				}
			}
		}
		catch (IOException ex) {
			// Another user's process, or one that has just ended.
			return false;
		}
		return false;
	}

	private static String target(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (IOException ex) {
			// Closed since it was listed.
			return "";
		}
	}

	private static Iterable<String> readLines(Path file) {
		try {
			return Files.readAllLines(file, StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			// Not Linux, or no IPv6 here.
			return Set.of();
		}
	}

	private static String command(Path process) {
		try {
			String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
				.replace('\0', ' ')
				.strip();
			return (command.length() <= MAX_COMMAND) ? command : command.substring(0, MAX_COMMAND) + "...";
		}
		catch (IOException ex) {
			// It has just ended.
			return "";
		}
	}

	/**
	 * The process in words.
	 * @return such as {@code pid 4711 (java -jar x.jar)}
	 */
	@Override
	public String toString() {
		if (this.pid == ProcessHandle.current().pid()) {
			return "pid " + this.pid + " (this process)";
		}
		return this.command.isEmpty() ? "pid " + this.pid : "pid " + this.pid + " (" + this.command + ")";
	}

}
