package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A command of the machine.
 */
final class Command {

	private static final int BOUND_SECONDS = 120;

	private Command() {
	}

	/**
	 * Runs a command by the shell, and waits for its end.
	 * @throws IOException if it cannot be run, or fails
	 */
	static void run(String command) throws IOException {
		Process process = new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
		try {
			if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IOException("has not ended within " + BOUND_SECONDS + " s: " + command);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted: " + command, ex);
		}
		if (process.exitValue() != 0) {
			throw new IOException("ended with " + process.exitValue() + ": " + command);
		}
	}

}
