package io.roster.acceptance.cluster.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.roster.locks.client.LockClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program of a pod: runs all clients until the file {@code /tmp/stop} is there, and
 * then prints what they did, as one line. The file {@code /tmp/warm} says that all of
 * them run. Addresses and credentials are environment variables; clients without an
 * address do not run.
 */
public final class LoadProgram {

	/** What the last line begins with. */
	public static final String SUMMARY = "SUMMARY ";

	private static final Path WARM = Path.of("/tmp/warm");

	private static final Path STOP = Path.of("/tmp/stop");

	private LoadProgram() {
	}

	public static void main(String[] args) throws Exception {
		String key = variable("CLIENT_KEY");
		LockClient client = LockClient.builder()
			.url(URI.create(variable("LOCK_SERVICE_URL")))
			.owner("load")
			.bearerToken(() -> key)
			.patience(Load.PATIENCE)
			.build();
		ShortLeases locks = new ShortLeases(client, "cluster-test-short");
		Writes writes = new Writes(variable("CONNECT_STRING"), variable("ZNODE"), variable("ZOOKEEPER_LOGIN"));
		List<Load> loads = new ArrayList<>(List.of(locks, new LongLease(client, "cluster-test-long"), writes));
		loads.add(new Gets("registry", URI.create(variable("REGISTRY_URL") + "/api/v1/services"), key,
				(answer) -> answer.has("services")));
		if (!variable("CONSUMER_URL").isEmpty()) {
			loads.add(new Gets("rides", URI.create(variable("CONSUMER_URL") + "/rides"), "",
					(answer) -> answer.has("servedBy")));
		}
		run(loads);
		Map<String, Summary.Part> parts = new LinkedHashMap<>();
		loads.forEach((load) -> parts.put(load.name(), load.tally().part()));
		Summary summary = new Summary(parts, locks.highestToken(), writes.firstRead(), writes.lastWritten());
		System.out.println(SUMMARY + JsonMapper.builder().build().writeValueAsString(summary));
		client.close();
		// ZooKeeper's client has threads of its own.
		System.exit(0);
	}

	private static void run(List<Load> loads) throws IOException, InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (Load load : loads) {
			for (int i = 0; i < load.threads(); i++) {
				Thread thread = new Thread(() -> load.run(() -> Files.exists(STOP)), load.name());
				threads.add(thread);
				thread.start();
			}
		}
		while (!Files.exists(STOP)) {
			if (!Files.exists(WARM) && loads.stream().allMatch(Load::isWarm)) {
				Files.createFile(WARM);
			}
			Load.pause(Duration.ofMillis(100));
		}
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static String variable(String name) {
		return System.getenv().getOrDefault(name, "");
	}

}
