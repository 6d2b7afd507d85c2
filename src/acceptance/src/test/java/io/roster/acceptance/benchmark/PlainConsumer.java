package io.roster.acceptance.benchmark;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * An application with plain Spring Cloud ZooKeeper and its defaults, in a process without
 * Roster, that says what its load balancer may choose: {@code + <port>} when an instance
 * has come into its list, and {@code - <port>} when it has gone.
 */
final class PlainConsumer {

	private static final Duration PAUSE = Duration.ofMillis(20);

	private PlainConsumer() {
	}

	/**
	 * Polls the load balancer's list until its input ends.
	 * @param args the ensemble, and the service
	 */
	public static void main(String[] args) {
		requireNoRoster();
		ChildProcess.endWithInput();
		try (SpringChooser chooser = SpringChooser.start(args[0], args[1])) {
			ChildProcess.say(ChildProcess.READY);
			Set<Integer> known = new HashSet<>();
			while (true) {
				Set<Integer> now = new HashSet<>(chooser.ports());
				now.stream().filter((port) -> !known.contains(port)).forEach((port) -> ChildProcess.say("+ " + port));
				known.stream().filter((port) -> !now.contains(port)).forEach((port) -> ChildProcess.say("- " + port));
				known.clear();
				known.addAll(now);
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
	}

	static void requireNoRoster() {
		if (PlainConsumer.class.getClassLoader().getResource("io/roster/coordination/Coordination.class") != null) {
			throw new IllegalStateException("Roster is on the class path of what is to be plain");
		}
	}

}
