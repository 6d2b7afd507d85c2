package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What may go wrong. Two faults with one place do not happen at once.
 *
 * @param name how it is counted
 * @param place where it happens
 * @param happening lasts for as long as it does, and ends with all in order again
 */
record Fault(String name, String place, Happening happening) {

	/** Does it, and undoes it. */
	interface Happening {

		void happen() throws IOException;

	}

	/**
	 * One of each kind, at random places and of random length.
	 */
	static List<Fault> oneOfEach(Random random, List<Replica> replicas, Members members) {
		Dice dice = new Dice(random);
		Stream<Fault> ofReplicas = Stream.of("killed", "suspended", "cut", "stalled", "delayed", "lagging")
			.map((kind) -> ofReplica(kind, dice, replicas));
		Stream<Fault> ofLeader = Stream.of(dice.between(1_000, 4_000))
			.filter((time) -> members.areOwn())
			.map((time) -> new Fault("leader stopped", "ensemble", () -> members.stopTheLeader(time)));
		return Stream.of(ofReplicas, ofLeader, partition(dice)).flatMap((each) -> each).toList();
	}

	private static Fault ofReplica(String kind, Dice dice, List<Replica> replicas) {
		int number = dice.random.nextInt(replicas.size());
		Replica replica = replicas.get(number);
		Duration small = dice.between(20, 300);
		Duration large = dice.between(400, 1_500);
		// Longer than the longest TTL, and longer than the session's timeout.
		Duration beyond = dice.between(4_500, 8_000);
		Duration any = dice.between(500, 8_000);
		String process = "process of replica " + number;
		String link = "link of replica " + number;
		return switch (kind) {
			case "killed" -> new Fault("replica killed", process, () -> replica.killAndRestart(dice.shorter(any)));
			case "suspended" -> new Fault("replica suspended", process, () -> replica.suspend(beyond));
			case "cut" -> new Fault("link cut", link, () -> replica.cut(any));
			case "stalled" -> new Fault("link stalled", link, () -> replica.stall(any));
			case "delayed" -> new Fault("link delayed", link, () -> replica.delay(small, small, beyond));
			default -> new Fault("replica lags", link, () -> replica.delay(Duration.ZERO, large, beyond));
		};
	}

	/** By commands that the caller gives, where there are any. */
	private static Stream<Fault> partition(Dice dice) {
		String partition = System.getProperty("faults.partition", "");
		String heal = System.getProperty("faults.heal", "");
		if (partition.isEmpty() || heal.isEmpty()) {
			return Stream.empty();
		}
		String member = Integer.toString(1 + dice.random.nextInt(3));
		Duration time = dice.between(1_000, 8_000);
		return Stream.of(new Fault("partition", "ensemble", () -> {
			try {
				Command.run(partition.replace("{member}", member));
				Pause.of(time);
			}
			finally {
				Command.run(heal.replace("{member}", member));
			}
		}));
	}

	private record Dice(Random random) {

		Duration between(int fromMs, int toMs) {
			return Duration.ofMillis(this.random.nextInt(fromMs, toMs + 1));
		}

		Duration shorter(Duration time) {
			return time.dividedBy(4);
		}

	}

}
