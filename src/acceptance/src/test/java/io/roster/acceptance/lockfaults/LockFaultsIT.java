package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.roster.acceptance.Repository;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.KeeperException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sixteen clients on eight locks of every kind, and on several of them at once, while
 * faults come at random. {@code -Dlock-faults.seconds} says how long,
 * {@code -Dlock-faults.seed} repeats the choices of an earlier run, though not its
 * interleavings. Only a broken rule makes it fail, however slow the machine is.
 */
@Tag("lock-faults")
class LockFaultsIT {

	private static final Logger log = LoggerFactory.getLogger(LockFaultsIT.class);

	private static final int JAVA_CLIENTS = 10;

	private static final int REST_CLIENTS = 6;

	private static final String ROOT = "/locks";

	private static final Duration BOUND = Duration.ofMinutes(2);

	private final long seed = Long.getLong("lock-faults.seed", new Random().nextInt(1_000_000));

	private final Duration time = Duration.ofSeconds(Long.getLong("lock-faults.seconds", 20));

	private final Path report = Repository.root().resolve("src/acceptance/target/lock-faults");

	private final History history = new History();

	private final AtomicBoolean over = new AtomicBoolean();

	@TempDir
	private Path folder;

	@Test
	void noRuleOfTheLocksIsBroken() throws Exception {
		log.info("seed {}, {}", this.seed, this.time);
		List<Place> places;
		Map<String, Integer> faults;
		try (Members members = Members.start(this.folder)) {
			List<Replica> replicas = List.of(new Replica(this.folder, members.addresses()),
					new Replica(this.folder, members.addresses()));
			try {
				replicas.forEach(Replica::awaitReady);
				declareLocks(replicas.get(0));
				faults = runClients(replicas, members);
				awaitEmptyQueues(members);
				places = members.stopAndReadPlaces(ROOT);
			}
			finally {
				for (Replica replica : replicas) {
					replica.close();
				}
				keepLogs();
			}
		}
		List<Event> events = this.history.events();
		List<Violation> violations = Checker.check(events, places);
		Summary summary = Summary.of(events, places);
		log.info("seed {}: {}; faults: {}", this.seed, summary, faults);
		write(events, places);
		assertThat(violations).as("seed %d, see %s", this.seed, this.report).isEmpty();
		assertThat(summary.granted()).isPositive();
	}

	private static void declareLocks(Replica replica) {
		Stream.concat(Fleet.PAGES.stream(), Fleet.POOLS.stream())
			.forEach((lock) -> Awaitility.await("declaration of " + lock)
				.atMost(BOUND)
				.until(() -> RestCalls.declare(replica.url(), lock).status() == 200));
	}

	private Map<String, Integer> runClients(List<Replica> replicas, Members members) throws Exception {
		GuardedResources resources = new GuardedResources(this.history);
		List<JavaClient> javaClients = IntStream.range(0, JAVA_CLIENTS)
			.mapToObj((i) -> new JavaClient("java-" + i, this.seed + i,
					List.of(replicas.get(i % 2).url(), replicas.get(1 - i % 2).url()), this.history, this.over,
					resources))
			.toList();
		Stream<RestClient> restClients = IntStream.range(0, REST_CLIENTS)
			.mapToObj((i) -> new RestClient("rest-" + i, this.seed - 1 - i,
					replicas.stream().map(Replica::url).toList(), this.history, this.over, resources));
		List<Thread> threads = new ArrayList<>();
		Stream.concat(javaClients.stream(), restClients).forEach((client) -> {
			Thread thread = new Thread(client, client.name());
			thread.setDaemon(true);
			threads.add(thread);
			thread.start();
		});
		try {
			return new FaultSchedule(this.seed, replicas, members).run(this.time);
		}
		finally {
			this.over.set(true);
			members.awaitQuorum();
			// Whoever does not end is found by the checker.
			long end = System.nanoTime() + BOUND.toNanos();
			for (Thread thread : threads) {
				thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
			}
			javaClients.forEach(JavaClient::close);
		}
	}

	/** Whoever has gone without a word leaves its place within its TTL. */
	private static void awaitEmptyQueues(Members members) {
		try (CuratorFramework client = CuratorFrameworkFactory.builder()
			.connectString(members.connectString())
			.sessionTimeoutMs(20_000)
			.retryPolicy(new RetryForever(200))
			.build()) {
			client.start();
			Awaitility.await("empty queues")
				.atMost(BOUND)
				.untilAsserted(
						() -> assertThat(Fleet.all().flatMap((lock) -> children(client, ROOT + "/" + lock).stream()))
							.isEmpty());
		}
	}

	private static List<String> children(CuratorFramework client, String path) {
		try {
			return client.getChildren().forPath(path);
		}
		catch (KeeperException.NoNodeException ex) {
			return List.of();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keepLogs() throws IOException {
		Files.createDirectories(this.report);
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.filter((each) -> each.toString().endsWith(".log")).toList()) {
				Files.copy(file, this.report.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private void write(List<Event> events, List<Place> places) throws IOException {
		Files.write(this.report.resolve("history-" + this.seed + ".txt"),
				Stream.concat(events.stream(), places.stream()).map(Object::toString).toList());
	}

}
