package io.roster.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.RunningApplication;
import io.roster.acceptance.application.Outcomes;
import io.roster.acceptance.application.TestApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The processes of a test and what they are started with. Closing it ends all of them.
 */
final class Scene implements AutoCloseable {

	/** Short, so that a lost session does not take a test long. */
	static final int SESSION_TIMEOUT_MS = 4_000;

	private static final Logger log = LoggerFactory.getLogger(Scene.class);

	/** The rate of the issue: 50 to 200 per second. */
	private static final int PER_SECOND = 100;

	/** A fault is not over when its test thinks so. */
	private static final int BEFORE_AND_AFTER = 100;

	private final Path folder;

	private final List<RunningApplication> processes = new ArrayList<>();

	Scene(Path folder) {
		this.folder = folder;
	}

	/** What a test does, or waits for, while requests are made. */
	interface Fault {

		void happen() throws Exception;

	}

	/** An instance of demo-bikesvc; not ready yet. */
	Provider launchBikesvc(String connectString) {
		return new Provider(track(RunningApplication.launch("demo-bikesvc", FreePorts.next(), this.folder,
				"spring.cloud.zookeeper.connect-string=" + connectString, sessionTimeout())));
	}

	/** The test application as an instance of the service; not ready yet. */
	Provider launchProvider(String classPath, String connectString, String... properties) {
		return new Provider(launch("provider", classPath, connectString,
				Stream.concat(Stream.of("spring.application.name=" + TestApplication.SERVICE), Stream.of(properties))));
	}

	/** The test application as a consumer; not ready yet. */
	Consumer launchConsumer(String classPath, String connectString, String... properties) {
		return new Consumer(launch("consumer", classPath, connectString,
				Stream.concat(Stream.of("spring.application.name=consumer",
						"spring.cloud.zookeeper.discovery.register=false", "spring.http.clients.connect-timeout=5s",
						// Longer than this process is ever suspended.
						"spring.http.clients.read-timeout=45s"), Stream.of(properties))));
	}

	private RunningApplication launch(String name, String classPath, String connectString, Stream<String> properties) {
		Stream<String> all = Stream
			.concat(Stream.of("server.address=127.0.0.1", "spring.cloud.zookeeper.connect-string=" + connectString,
					"spring.cloud.zookeeper.discovery.instance-host=127.0.0.1", sessionTimeout(),
					"management.endpoint.health.probes.enabled=true", "management.endpoints.web.exposure.include=*"),
					properties);
		return track(RunningApplication.launchClass(name, classPath, TestApplication.class, this.folder,
				all.toArray(String[]::new)));
	}

	private static String sessionTimeout() {
		return "spring.cloud.zookeeper.session-timeout=" + SESSION_TIMEOUT_MS + "ms";
	}

	private RunningApplication track(RunningApplication process) {
		this.processes.add(process);
		return process;
	}

	/**
	 * Lets a fault happen while the consumer makes requests, and for some requests before
	 * and after.
	 * @return what became of all of them
	 */
	static Outcomes underLoad(String name, Consumer consumer, Fault fault) throws Exception {
		return underLoad(name, consumer, PER_SECOND, 0, 0, fault);
	}

	static Outcomes underLoad(String name, Consumer consumer, int gets, int posts, long answerAfterMs, Fault fault)
			throws Exception {
		consumer.load(gets, posts, answerAfterMs);
		consumer.awaitOutcomes(BEFORE_AND_AFTER);
		fault.happen();
		consumer.awaitOutcomes(BEFORE_AND_AFTER);
		Outcomes outcomes = consumer.endLoad();
		log.info("{}: {} requests, {} answered, {} failed", name, outcomes.sent(), outcomes.answered(),
				outcomes.failures().size());
		return outcomes;
	}

	/** The same where no request may fail. */
	static void assertNoneFails(String name, Consumer consumer, Fault fault) throws Exception {
		Outcomes outcomes = underLoad(name, consumer, fault);
		assertThat(outcomes.failures()).isEmpty();
		assertThat(outcomes.answered()).isEqualTo(outcomes.sent());
	}

	/** What went wrong is in the logs, which a temporary folder does not keep. */
	@Override
	public void close() throws IOException {
		this.processes.forEach(RunningApplication::close);
		String keep = System.getProperty("faults.logs", "");
		if (!keep.isEmpty()) {
			Path kept = Files.createDirectories(Path.of(keep));
			try (Stream<Path> files = Files.list(this.folder)) {
				for (Path file : files.filter((each) -> each.toString().endsWith(".log")).toList()) {
					Files.copy(file, kept.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
	}

}
