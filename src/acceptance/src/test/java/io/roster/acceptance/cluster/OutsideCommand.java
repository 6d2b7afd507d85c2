package io.roster.acceptance.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A command line of the machine that the tests run on.
 *
 * @param line what a shell understands; {@code %s} stands for what it is done to
 */
record OutsideCommand(String line) {

	/**
	 * Runs it, and waits for its end.
	 * @param target what it is done to
	 */
	void run(String target) {
		run(List.of("sh", "-c", this.line.replace("%s", target)), Map.of());
	}

	/**
	 * Runs a command, and waits for its end.
	 * @param command the words
	 * @param environment variables beside those of this process
	 * @return what it said
	 */
	static String run(List<String> command, Map<String, String> environment) {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int code = process.waitFor();
			if (code != 0) {
				throw new IllegalStateException(command + " ended with " + code + ": " + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new IllegalStateException(command + " cannot be run", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
