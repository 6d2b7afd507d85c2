package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.roster.ensemble.LocalEnsemble;
import io.roster.ensemble.QuorumTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three members of this test's own, or those that
 * {@code -Dlock-faults.ensemble=HOST:PORT,...} names: those are never stopped, and what
 * they have logged is not read.
 */
final class Members implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Members.class);

	private static final int COUNT = 3;

	private static final Duration BOUND = Duration.ofSeconds(90);

	private final Path folder;

	private final String connectString;

	private final List<LocalEnsemble> own;

	private Members(Path folder, String connectString, List<LocalEnsemble> own) {
		this.folder = folder;
		this.connectString = connectString;
		this.own = own;
	}

	static Members start(Path folder) {
		String given = System.getProperty("lock-faults.ensemble", "");
		if (!given.isEmpty()) {
			return new Members(folder, given, List.of());
		}
		LocalEnsemble ensemble = LocalEnsemble.start(COUNT, folder, LocalEnsemble.FAST);
		return new Members(folder, ensemble.connectString(), List.of(ensemble));
	}

	String connectString() {
		return this.connectString;
	}

	List<String> addresses() {
		return List.of(this.connectString.split(",", -1));
	}

	boolean areOwn() {
		return !this.own.isEmpty();
	}

	/** The leader is stopped, and started again on its data when the time has passed. */
	void stopTheLeader(Duration time) throws IOException {
		for (LocalEnsemble ensemble : this.own) {
			try {
				ensemble.awaitQuorum(BOUND);
				int leader = ensemble.leaderId();
				ensemble.stop(leader);
				Pause.of(time);
				keepLogs(leader);
				ensemble.start(leader, false);
			}
			catch (QuorumTimeoutException | IllegalStateException ex) {
				// A machine that stalls. They have until the end of the run.
				log.info("The members take long: {}", ex.getMessage());
			}
		}
	}

	void awaitQuorum() {
		this.own.forEach((ensemble) -> ensemble.awaitQuorum(BOUND));
	}

	/**
	 * Stops all of them.
	 * @return all places that there have been, nothing if that is not known
	 */
	List<Place> stopAndReadPlaces(String root) throws IOException {
		close();
		List<Path> data = new ArrayList<>();
		for (LocalEnsemble ensemble : this.own) {
			for (int id : ensemble.memberIds()) {
				keepLogs(id);
				data.add(kept(id));
			}
		}
		return data.isEmpty() ? List.of() : TransactionLogs.places(root, data);
	}

	/**
	 * A member that starts removes its oldest logs; their files stay by a second name.
	 */
	private void keepLogs(int id) throws IOException {
		Path kept = Files.createDirectories(kept(id));
		try (Stream<Path> files = Files.list(this.folder.resolve("member-" + id).resolve("version-2"))) {
			for (Path file : files.filter((each) -> each.getFileName().toString().startsWith("log.")).toList()) {
				Path name = kept.resolve(file.getFileName());
				if (!Files.exists(name)) {
					Files.createLink(name, file);
				}
			}
		}
	}

	private Path kept(int id) {
		return this.folder.resolve("kept-" + id);
	}

	@Override
	public void close() {
		this.own.forEach(LocalEnsemble::close);
	}

}
