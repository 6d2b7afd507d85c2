package io.roster.acceptance.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.roster.acceptance.RunningApplication;
import io.roster.ensemble.LocalEnsemble;
import io.roster.ensemble.MemberTiming;

/**
 * Runs the benchmarks, on one member and on three: {@code ./mvnw -Pbenchmark}, or
 * {@code -Dbenchmark.only=} with some of {@code balancer}, {@code plain},
 * {@code snapshot}, {@code change}, {@code fanout}, {@code memory}, {@code propagation},
 * {@code mutex} and {@code waiters}, {@code discovery} being all but the last two, and
 * {@code -Dbenchmark.members=1} or {@code 3}.
 */
public final class Benchmarks {

	private static final Map<String, Part> PARTS = new LinkedHashMap<>();

	private static final Set<String> LOCKS = Set.of("mutex", "waiters");

	static {
		PARTS.put("balancer", Benchmarks::balancer);
		PARTS.put("plain", Benchmarks::plain);
		PARTS.put("snapshot", Benchmarks::snapshot);
		PARTS.put("change", Benchmarks::change);
		PARTS.put("fanout", Benchmarks::fanOut);
		PARTS.put("memory", Benchmarks::memory);
		PARTS.put("propagation", (ensemble, report) -> new PropagationBenchmark(ensemble, report).run(300));
		PARTS.put("mutex", Benchmarks::mutex);
		PARTS.put("waiters", Benchmarks::waiters);
	}

	private Benchmarks() {
	}

	/**
	 * Measures.
	 * @param args the parts, and the sizes of the ensemble, each separated by commas
	 */
	public static void main(String[] args) throws Exception {
		Set<String> chosen = chosen((args.length > 0) ? args[0] : "all");
		Report.machine();
		for (String members : List.of(((args.length > 1) ? args[1] : "1,3").split(",", -1))) {
			measure(chosen, Integer.parseInt(members));
		}
		// what a peer has left behind must not keep this process
		System.exit(0);
	}

	private static Set<String> chosen(String only) {
		Set<String> chosen = new TreeSet<>(Arrays.asList(only.split(",", -1)));
		if (chosen.remove("all")) {
			chosen.addAll(PARTS.keySet());
		}
		if (chosen.remove("discovery")) {
			PARTS.keySet().stream().filter((part) -> !LOCKS.contains(part)).forEach(chosen::add);
		}
		if (!PARTS.keySet().containsAll(chosen)) {
			throw new IllegalArgumentException("there are " + PARTS.keySet() + ", and not all of " + chosen);
		}
		if (chosen.contains("plain")) {
			// it is compared with the balancer, and measures that too
			chosen.remove("balancer");
		}
		return chosen;
	}

	private static void measure(Set<String> chosen, int members) throws Exception {
		Report report = Report.of(members);
		for (Map.Entry<String, Part> part : PARTS.entrySet()) {
			if (chosen.contains(part.getKey())) {
				// one for each, so that none pays for what another has left
				try (LocalEnsemble ensemble = LocalEnsemble.start(members, MemberTiming.DEFAULTS)) {
					part.getValue().measure(ensemble.connectString(), report);
				}
			}
		}
	}

	private static Figures balancer(String ensemble, Report report) throws Exception {
		return new BalancerBenchmark(ensemble, report).run(300);
	}

	private static void plain(String ensemble, Report report) throws Exception {
		Figures roster = balancer(ensemble, report);
		roster.report(report, "Spring Cloud ZooKeeper", new PlainBenchmark(ensemble).run(6, 3));
	}

	private static void snapshot(String ensemble, Report report) throws Exception {
		FirstSnapshotBenchmark benchmark = new FirstSnapshotBenchmark(ensemble, report);
		benchmark.run(1, 15);
		benchmark.run(100, 15);
		benchmark.run(1_000, 15);
		benchmark.run(10_000, 11);
	}

	private static void change(String ensemble, Report report) throws Exception {
		ChangeBenchmark benchmark = new ChangeBenchmark(ensemble, report);
		benchmark.run(10, 1, 300);
		benchmark.run(1_000, 1, 300);
		benchmark.run(10_000, 1, 300);
	}

	private static void fanOut(String ensemble, Report report) throws Exception {
		new ChangeBenchmark(ensemble, report).run(1_000, 100, 100);
	}

	private static void memory(String ensemble, Report report) throws Exception {
		new MemoryBenchmark(ensemble, report).run(10_000, 3);
	}

	private static void mutex(String ensemble, Report report) throws Exception {
		Path folder = Files.createTempDirectory("roster-benchmark");
		try (RunningApplication service = RunningApplication.launchForSpeed("lock-service", folder,
				"spring.cloud.zookeeper.connect-string=" + ensemble)) {
			service.awaitReady();
			MutexBenchmark.run(service.uri(""), ensemble, report);
		}
	}

	private static void waiters(String ensemble, Report report) throws Exception {
		Path folder = Files.createTempDirectory("roster-benchmark");
		try (RunningApplication service = RunningApplication.launchWithHeap("lock-service", "2g", folder,
				"spring.cloud.zookeeper.connect-string=" + ensemble, "roster.locks.max-wait=30m")) {
			service.awaitReady();
			new WaitersBenchmark(service, report).run(10_000);
		}
	}

	@FunctionalInterface
	private interface Part {

		void measure(String connectString, Report report) throws Exception;

	}

}
