package io.roster.acceptance.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.roster.acceptance.RunningApplication;
import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;

/**
 * Runs the benchmarks, on one member and on three: {@code ./mvnw -Pbenchmark}, or
 * {@code -Dbenchmark.only=} with one of {@code snapshot}, {@code propagation} and
 * {@code mutex}.
 */
public final class Benchmarks {

	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private Benchmarks() {
	}

	public static void main(String[] args) throws Exception {
		String only = (args.length > 0) ? args[0] : "all";
		System.out.printf("JDK %s, %d processors; everything on this machine%n", Runtime.version(),
				Runtime.getRuntime().availableProcessors());
		for (int members : new int[] { 1, 3 }) {
			try (LocalEnsemble ensemble = LocalEnsemble.start(members)) {
				System.out.printf("%n%d member%s%n", members, (members > 1) ? "s" : "");
				run(only, ensemble.connectString());
			}
		}
	}

	private static void run(String only, String connectString) throws Exception {
		if (chosen(only, "snapshot")) {
			FirstSnapshotBenchmark benchmark = new FirstSnapshotBenchmark(connectString);
			benchmark.run(100, 15);
			benchmark.run(1_000, 15);
			benchmark.run(10_000, 11);
		}
		if (chosen(only, "propagation")) {
			new PropagationBenchmark(connectString).run(300);
		}
		if (chosen(only, "mutex")) {
			mutex(connectString);
		}
	}

	private static boolean chosen(String only, String benchmark) {
		return only.equals("all") || only.equals(benchmark);
	}

	private static void mutex(String connectString) throws Exception {
		Path folder = Files.createTempDirectory("roster-benchmark");
		try (Coordination curator = Coordination.connect(connectString, SESSION_TIMEOUT);
				RunningApplication service = RunningApplication.launchForSpeed("lock-service", folder,
						"spring.cloud.zookeeper.connect-string=" + connectString)) {
			service.awaitReady();
			MutexBenchmark benchmark = new MutexBenchmark(service.uri(""), curator.client());
			benchmark.run(1, false);
			benchmark.run(16, false);
			benchmark.run(64, false);
			benchmark.run(16, true);
			benchmark.run(64, true);
		}
	}

}
