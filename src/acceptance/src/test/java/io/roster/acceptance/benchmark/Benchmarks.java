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
import io.roster.acceptance.lockfaults.Witness;
import io.roster.ensemble.LocalEnsemble;
import io.roster.ensemble.MemberTiming;

import org.springframework.util.FileSystemUtils;

/**
 * Runs the benchmarks, on one member and on three: {@code ./mvnw -Pbenchmark}, or
 * {@code -Dbenchmark.only=} with some of {@code balancer}, {@code plain},
 * {@code snapshot}, {@code change}, {@code fanout}, {@code memory}, {@code propagation},
 * {@code registry}, {@code mutex} and {@code waiters}, {@code discovery} being all but
 * the last two, and {@code -Dbenchmark.members=1} or {@code 3}.
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
		PARTS.put("propagation", (target, report) -> new PropagationBenchmark(target.connectString(), report).run(300));
		PARTS.put("registry",
				(target, report) -> new RegistryBenchmark(target.connectString(), target.folder(), report).run());
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
				Path folder = Files.createTempDirectory("roster-benchmark");
				try (LocalEnsemble ensemble = LocalEnsemble.start(members, folder, MemberTiming.DEFAULTS)) {
					part.getValue().measure(new Target(ensemble, folder), report);
				}
				FileSystemUtils.deleteRecursively(folder);
			}
		}
	}

	private static Figures balancer(Target target, Report report) throws Exception {
		return new BalancerBenchmark(target.connectString(), report).run(1_000);
	}

	private static void plain(Target target, Report report) throws Exception {
		Figures roster = balancer(target, report);
		roster.report(report, "starter", "Spring Cloud ZooKeeper",
				new PlainBenchmark(target.connectString()).run(6, 3));
	}

	private static void snapshot(Target target, Report report) throws Exception {
		FirstSnapshotBenchmark benchmark = new FirstSnapshotBenchmark(target.connectString(), report);
		benchmark.run(1, 15);
		benchmark.run(100, 15);
		benchmark.run(1_000, 15);
		benchmark.run(10_000, 11);
	}

	private static void change(Target target, Report report) throws Exception {
		ChangeBenchmark benchmark = new ChangeBenchmark(target.connectString(), report);
		benchmark.run(10, 1, 300);
		benchmark.run(1_000, 1, 300);
		benchmark.run(10_000, 1, 300);
	}

	private static void fanOut(Target target, Report report) throws Exception {
		new ChangeBenchmark(target.connectString(), report).run(1_000, 100, 100);
	}

	private static void memory(Target target, Report report) throws Exception {
		new MemoryBenchmark(target.connectString(), report).run(10_000, 3);
	}

	private static void mutex(Target target, Report report) throws Exception {
		try (RunningApplication service = RunningApplication.launchForSpeed("lock-service", target.folder(),
				"spring.cloud.zookeeper.connect-string=" + target.connectString())) {
			service.awaitReady();
			MutexBenchmark.run(service.uri(""), target.connectString(), report);
		}
	}

	private static void waiters(Target target, Report report) throws Exception {
		Witness witness = new Witness();
		try (RunningApplication service = RunningApplication.launchWithHeap("lock-service", "2g", target.folder(),
				"spring.cloud.zookeeper.connect-string=" + target.connectString(), "roster.locks.max-wait=30m")) {
			service.awaitReady();
			new WaitersBenchmark(service, report).run(10_000, witness);
		}
		List<String> broken = witness.broken("/locks", target.stopMembers());
		if (!broken.isEmpty()) {
			throw new IllegalStateException("broken: " + broken);
		}
	}

	/**
	 * What is measured on.
	 *
	 * @param folder where the members and the processes of a part have their files
	 */
	private record Target(LocalEnsemble ensemble, Path folder) {

		String connectString() {
			return this.ensemble.connectString();
		}

		/** Where their data are. */
		List<Path> stopMembers() {
			List<Path> data = this.ensemble.memberIds()
				.stream()
				.map((id) -> this.folder.resolve("member-" + id))
				.toList();
			this.ensemble.close();
			return data;
		}

	}

	@FunctionalInterface
	private interface Part {

		void measure(Target target, Report report) throws Exception;

	}

}
