package io.roster.acceptance.benchmark;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.coordination.Coordination;
import org.apache.curator.framework.CuratorFramework;

/**
 * The registry server over HTTP: lists against an endpoint of the same server that does
 * nothing but answer with the same bytes, in turn; changes on their way to many streams;
 * memory.
 */
final class RegistryBenchmark {

	private static final String ROOT = "/servers";

	private static final int CONNECTIONS = 16;

	private static final int ROUNDS = 5;

	private static final Duration ROUND = Duration.ofSeconds(4);

	private static final Duration WARM_UP = Duration.ofSeconds(30);

	private static final Duration BOUND = Duration.ofSeconds(60);

	private static final int STREAMS = 1_000;

	private static final int CHANGES = 200;

	private final String connectString;

	private final Path folder;

	private final Report report;

	RegistryBenchmark(String connectString, Path folder, Report report) {
		this.connectString = connectString;
		this.folder = folder;
		this.report = report;
	}

	void run() throws Exception {
		Path nothing = NothingEndpoint.copyTo(this.folder.resolve("nothing-endpoint"));
		try (Coordination coordination = Fixtures.connect(this.connectString);
				RunningApplication server = RunningApplication.launchWithClasses("registry-server", "1g", nothing,
						this.folder, "spring.cloud.zookeeper.connect-string=" + this.connectString,
						"nothing.folder=" + this.folder)) {
			CuratorFramework client = coordination.client();
			server.awaitReady();
			long empty = LiveHeap.bytes(server.pid());
			Fixtures.fill(client, ROOT, 10);
			lists(server, 10);
			streams(server, client, empty);
		}
	}

	private void lists(RunningApplication server, int instances) throws Exception {
		URI list = server.uri("/api/v1/services/" + Fixtures.SERVICE);
		awaitInstances(list, instances);
		String file = instances + ".json";
		Files.writeString(this.folder.resolve(file), Http.get(list).body(), StandardCharsets.UTF_8);
		compare(String.format(Locale.ROOT, "%,d instances, `GET /services/{name}`", instances), list,
				server.uri("/nothing/" + file));
	}

	private void compare(String what, URI ours, URI theirs) throws Exception {
		throughput(ours, WARM_UP);
		throughput(theirs, WARM_UP);
		double[] roster = new double[ROUNDS];
		double[] nothing = new double[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			roster[i] = throughput(ours, ROUND);
			nothing[i] = throughput(theirs, ROUND);
		}
		double one = median(roster);
		double other = median(nothing);
		this.report.row(what, String.format(Locale.ROOT, "%,.0f per second", one),
				String.format(Locale.ROOT, "a do-nothing endpoint of the server, same bytes: %,.0f per second", other),
				String.format(Locale.ROOT, "%.2f of it", one / other));
	}

	private static double median(double[] rounds) {
		double[] sorted = rounds.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	/** Requests per second, each connection asking again as soon as it has its answer. */
	private static double throughput(URI uri, Duration time) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
		try {
			long begin = System.nanoTime();
			List<Future<Long>> counts = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				counts.add(threads.submit(() -> ask(uri, begin + time.toNanos())));
			}
			long sum = 0;
			for (Future<Long> count : counts) {
				sum += count.get();
			}
			return sum * 1e9 / (System.nanoTime() - begin);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long ask(URI uri, long end) throws Exception {
		long count = 0;
		try (HttpConnection connection = new HttpConnection(uri)) {
			while (System.nanoTime() < end) {
				if (!connection.send("GET", uri.getPath(), "").ok()) {
					throw new IllegalStateException(uri + " refuses");
				}
				count++;
			}
		}
		return count;
	}

	private void streams(RunningApplication server, CuratorFramework client, long empty) throws Exception {
		try (EventStreams streams = new EventStreams(server.uri("/api/v1/services/" + Fixtures.SERVICE + "/stream"),
				STREAMS)) {
			streams.awaitAll("\"version\":\"0\"", BOUND.toNanos());
			Samples last = new Samples();
			for (int version = 1; version <= CHANGES; version++) {
				long begin = System.nanoTime();
				client.setData().forPath(Fixtures.path(ROOT, 3), Fixtures.data(3, version));
				long had = streams.awaitAll("\"version\":\"" + version + "\"", BOUND.toNanos());
				if (version > CHANGES / 4) {
					last.add(had - begin);
				}
			}
			this.report.row(String.format(Locale.ROOT, "one change until the last of %,d open streams has it", STREAMS),
					last.toString(), "", "");
			add(client, 10, 1_000);
			awaitInstances(server.uri("/api/v1/services/" + Fixtures.SERVICE), 1_000);
		}
		lists(server, 1_000);
		add(client, 1_000, 10_000);
		awaitInstances(server.uri("/api/v1/services/" + Fixtures.SERVICE), 10_000);
		long instances = LiveHeap.bytes(server.pid());
		try (EventStreams streams = new EventStreams(server.uri("/api/v1/services/none/stream"), STREAMS)) {
			streams.awaitAll("snapshot", BOUND.toNanos());
			long all = LiveHeap.bytes(server.pid());
			this.report.row(String.format(Locale.ROOT, "heap with 10,000 instances and %,d open streams", STREAMS),
					String.format(Locale.ROOT, "%,d MB, of which %,d bytes for each instance and %,d for each stream",
							all >> 20, (instances - empty) / 10_000, (all - instances) / STREAMS),
					"", "");
		}
	}

	private static void add(CuratorFramework client, int from, int to) throws Exception {
		for (int i = from; i < to; i++) {
			client.create().forPath(Fixtures.path(ROOT, i), Fixtures.data(i, 0));
		}
	}

	private static void awaitInstances(URI list, int count) {
		String last = String.format(Locale.ROOT, "%s%010d", Fixtures.SERVICE, count - 1);
		long end = System.nanoTime() + BOUND.toNanos();
		while (!Http.get(list).body().contains(last)) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(list + " does not show " + last);
			}
			LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
		}
	}

}
