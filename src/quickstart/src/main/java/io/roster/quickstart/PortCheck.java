package io.roster.quickstart;

import java.util.List;
import java.util.stream.Collectors;

import io.roster.ensemble.PortHolder;

/** Finds out, before anything is started, whether all ports can be had. */
final class PortCheck {

	private PortCheck() {
	}

	/**
	 * Checks all of them.
	 * @throws DemoException that names every port in use, and what holds it
	 */
	static void requireFree(List<Integer> ports) {
		String taken = ports.stream()
			.filter((port) -> !Ports.isFree(port))
			.map((port) -> "  port " + port + " is in use by " + holder(port))
			.collect(Collectors.joining(System.lineSeparator()));
		if (!taken.isEmpty()) {
			throw new DemoException("Nothing was started:" + System.lineSeparator() + taken + System.lineSeparator()
					+ "Stop what holds them, or choose others by --port-offset N");
		}
	}

	private static String holder(int port) {
		return PortHolder.of(port).map(PortHolder::toString).orElse("a process that this user cannot look at");
	}

}
