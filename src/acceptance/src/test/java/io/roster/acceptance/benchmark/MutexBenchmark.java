package io.roster.acceptance.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;

/**
 * Acquire and release, closed loop: the lock service over HTTP against Curator's
 * {@code InterProcessMutex} in this process, on the same ensemble, in turn.
 */
final class MutexBenchmark {

	private static final Duration ROUND = Duration.ofSeconds(4);

	private static final int ROUNDS = 3;

	private final URI service;

	private final CuratorFramework curator;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AtomicInteger runs = new AtomicInteger();

	MutexBenchmark(URI service, CuratorFramework curator) {
		this.service = service;
		this.curator = curator;
	}

	void run(int clients, boolean oneLock) throws Exception {
		Samples rest = new Samples();
		Samples inProcess = new Samples();
		for (int round = -1; round < ROUNDS; round++) {
			Samples discarded = new Samples();
			measure(clients, oneLock, this::restPair, (round < 0) ? discarded : rest);
			measure(clients, oneLock, this::curatorPair, (round < 0) ? discarded : inProcess);
		}
		double seconds = ROUND.toMillis() / 1000.0 * ROUNDS;
		System.out.printf(Locale.ROOT,
				"%2d clients, %s   REST %,6.0f pairs/s %s   Curator %,6.0f pairs/s %s   ratio %.2f%n", clients,
				oneLock ? "one lock " : "own locks", rest.count() / seconds, rest, inProcess.count() / seconds,
				inProcess, (double) rest.count() / inProcess.count());
	}

	private void measure(int clients, boolean oneLock, PairFactory factory, Samples samples) throws Exception {
		int run = this.runs.incrementAndGet();
		ExecutorService threads = Executors.newFixedThreadPool(clients);
		try {
			long end = System.nanoTime() + ROUND.toNanos();
			List<Future<Void>> loops = new ArrayList<>();
			for (int client = 0; client < clients; client++) {
				Pair pair = factory.create("bench-" + run + "-" + (oneLock ? 0 : client));
				loops.add(threads.submit(loop(pair, end, samples)));
			}
			for (Future<Void> loop : loops) {
				loop.get();
			}
		}
		finally {
			threads.shutdown();
		}
	}

	private static Callable<Void> loop(Pair pair, long end, Samples samples) {
		return () -> {
			while (System.nanoTime() < end) {
				long start = System.nanoTime();
				pair.acquireAndRelease();
				samples.add(System.nanoTime() - start);
			}
			return null;
		};
	}

	private Pair restPair(String lock) {
		String leases = this.service + "/api/v1/locks/" + lock + "/leases/";
		return () -> {
			URI lease = URI.create(leases + UUID.randomUUID());
			expectOk(HttpRequest.newBuilder(lease)
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers.ofString("{\"owner\":\"benchmark\",\"ttl\":\"30s\",\"wait\":\"60s\"}")));
			expectOk(HttpRequest.newBuilder(lease).DELETE());
		};
	}

	private void expectOk(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> answer = this.http.send(request.build(), BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(answer.statusCode() + " " + answer.body());
		}
	}

	private Pair curatorPair(String lock) {
		InterProcessMutex mutex = new InterProcessMutex(this.curator, "/curator-" + lock);
		return () -> {
			mutex.acquire();
			mutex.release();
		};
	}

	@FunctionalInterface
	private interface Pair {

		void acquireAndRelease() throws Exception;

	}

	@FunctionalInterface
	private interface PairFactory {

		Pair create(String lock);

	}

}
