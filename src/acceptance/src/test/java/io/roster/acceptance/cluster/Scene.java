package io.roster.acceptance.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.roster.acceptance.cluster.load.Summary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One release on one cluster, the load that is put on it, and what the run remembers from
 * step to step.
 */
final class Scene implements AutoCloseable {

	private static final String CONSUMER = "demo-consumer";

	/** Where an application may write that is not one of Roster's own. */
	private static final String ROOT = "/cluster-test";

	private static final String COUNTER = "/cluster-test/counter";

	private final Settings settings;

	private final Cluster cluster;

	private final Release release;

	private final Report report = new Report(Path.of("target/cluster-report.md"));

	private int pieces;

	private int loads;

	private long highestToken;

	private long lastWritten = -1;

	Scene(Settings settings) {
		this.settings = settings;
		this.cluster = new Cluster(settings);
		this.release = new Release(settings);
	}

	Cluster cluster() {
		return this.cluster;
	}

	Release release() {
		return this.release;
	}

	Report report() {
		return this.report;
	}

	void begin() {
		this.report.cluster("Kubernetes", this.cluster.version());
		this.report.cluster("nodes", Integer.toString(this.cluster.nodes().size()));
		if (!this.settings.demos()) {
			this.report.missing("a consumer of services", "-Dcluster.demos=false");
		}
		this.cluster.createNamespace();
		this.pieces = LoadPod.upload(this.cluster);
	}

	/**
	 * Takes a step, and writes down how long it took.
	 * @param what the step
	 * @param body says what it has shown
	 */
	void step(String what, Step body) throws Exception {
		long began = System.nanoTime();
		String shown = "FAILED";
		try {
			shown = body.take();
		}
		finally {
			this.report.step(what, Duration.ofNanos(System.nanoTime() - began), shown);
		}
	}

	/**
	 * Takes a step under load: no call may fail, and what was written and granted before
	 * is there.
	 * @param what the step
	 * @param avoid a node that the load must not run on, empty for none
	 * @param withRides whether rides are asked for, too
	 * @param body the step
	 * @return what the load saw
	 */
	Summary underLoad(String what, String avoid, boolean withRides, Step body) throws Exception {
		Summary summary;
		this.loads++;
		try (LoadPod load = LoadPod.start(this.cluster, "load-" + this.loads, this.pieces, targets(withRides), avoid)) {
			body.take();
			summary = load.stop();
		}
		this.report.load(what, summary);
		long writtenBefore = this.lastWritten;
		long tokenBefore = this.highestToken;
		this.lastWritten = summary.lastWritten();
		this.highestToken = summary.highestToken();
		assertThat(summary.parts()).allSatisfy((name, part) -> {
			assertThat(part.failures()).as(name).isEmpty();
			assertThat(part.done()).as(name).isPositive();
		});
		// The writer found what the one before it wrote last, and tokens go on growing.
		assertThat(summary.firstRead()).isEqualTo(writtenBefore);
		assertThat(summary.highestToken()).isGreaterThan(tokenBefore);
		return summary;
	}

	private List<EnvVar> targets(boolean withRides) {
		Access access = Access.of(this.cluster);
		List<EnvVar> variables = new ArrayList<>(
				List.of(LoadPod.variable("LOCK_SERVICE_URL", "http://lock-service:8770"),
						LoadPod.variable("REGISTRY_URL", "http://registry-server:8760"),
						LoadPod.variable("CONNECT_STRING", connectString()), LoadPod.variable("ZNODE", COUNTER),
						LoadPod.variable("CLIENT_KEY", access.key("client")),
						LoadPod.variable("ZOOKEEPER_LOGIN", access.clientLogin())));
		if (withRides && this.cluster.parts().contains(CONSUMER)) {
			variables.add(LoadPod.variable("CONSUMER_URL", "http://" + CONSUMER + ":8780"));
		}
		return variables;
	}

	/** As the chart tells it to its own applications. */
	private String connectString() {
		return this.cluster.variable("registry-server", "SPRING_CLOUD_ZOOKEEPER_CONNECT_STRING");
	}

	/** What the run adds to the chart's values. */
	Map<String, Object> values() {
		Map<String, Object> values = new HashMap<>();
		values.put("registryServer.env.ROSTER_ZOOKEEPER_SHAREDROOTS", ROOT);
		if (this.settings.demos()) {
			values.put("demos.enabled", true);
			values.put("demos.consumer.replicas", 2);
		}
		return values;
	}

	/** The same, changed so that every pod is made anew. */
	Map<String, Object> changedValues() {
		Map<String, Object> values = new HashMap<>(values());
		int heap = Integer.parseInt(this.cluster.ensemble()
			.getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.get(0)
			.getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals("ZK_SERVER_HEAP"))
			.findFirst()
			.orElseThrow()
			.getValue());
		values.put("zookeeper.heapMiB", heap + 8);
		Stream.of("registryServer", "lockService", "demos.bikesvc", "demos.consumer")
			.forEach((part) -> values.put(part + ".env.CLUSTER_TEST", "upgraded"));
		return values;
	}

	static String gaps(Summary summary) {
		return "longest gap of the locks " + seconds(summary, "locks") + " s, of the writes "
				+ seconds(summary, "writes") + " s"
				+ (summary.parts().containsKey("rides") ? ", of the rides " + seconds(summary, "rides") + " s" : "");
	}

	private static String seconds(Summary summary, String part) {
		return Report.seconds(summary.part(part).longestGapMs());
	}

	@Override
	public void close() {
		try (Cluster closed = this.cluster) {
			if (!this.settings.keep()) {
				closed.deleteNamespace();
			}
		}
	}

	/**
	 * What is done in a step.
	 */
	interface Step {

		/** Does it, and says what it has shown. */
		String take() throws Exception;

	}

}
