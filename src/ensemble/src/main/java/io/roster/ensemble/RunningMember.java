package io.roster.ensemble;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.zookeeper.server.DatadirCleanupManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a member: the thread that ZooKeeper's main class works on, the purge of old
 * snapshots beside it, and the lock on the data directory, which it gives back at the
 * end.
 */
final class RunningMember {

	private static final Logger log = LoggerFactory.getLogger(RunningMember.class);

	private static final Duration STOP_BOUND = Duration.ofSeconds(20);

	private static final Set<RunningMember> all = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	private final int id;

	private final DataDirectory directory;

	private final MemberRun run;

	private final DatadirCleanupManager purge;

	private final Thread thread;

	private volatile boolean stopping;

	RunningMember(MemberConfig config, SharedJvm.Parsed parsed, DataDirectory directory) {
		this.id = config.id();
		this.directory = directory;
		this.run = MemberRun.of(parsed.config(), parsed.distributed(), this.started);
		this.purge = new DatadirCleanupManager(parsed.config().getDataDir(), parsed.config().getDataLogDir(),
				parsed.config().getSnapRetainCount(), parsed.config().getPurgeInterval());
		this.thread = new Thread(this::work, "zookeeper-member-" + this.id);
	}

	/**
	 * Starts, and blocks until ZooKeeper says that it has, or why not.
	 * @throws java.util.concurrent.CompletionException with ZooKeeper's reason
	 */
	void start() {
		all.add(this);
		this.purge.start();
		this.thread.start();
		this.started.join();
	}

	private void work() {
		try {
			this.run.run();
			if (!this.started.completeExceptionally(new IllegalStateException("it ended before it served"))
					&& !this.stopping) {
				log.error("Member {} has given up; what ZooKeeper logged before says why", this.id);
			}
		}
		catch (Exception | Error ex) {
			if (!this.started.completeExceptionally(ex)) {
				log.error("Member {} has given up", this.id, ex);
			}
		}
		finally {
			all.remove(this);
		}
	}

	boolean isAlive() {
		return this.thread.isAlive();
	}

	/**
	 * Blocks until the run has ended.
	 * @return whether that was by {@link #stop}
	 */
	boolean awaitEnd() throws InterruptedException {
		this.thread.join();
		return this.stopping;
	}

	/**
	 * Ends the run; blocks until its thread has ended and gives the directory back. Not
	 * cut short by an interrupt, because the next run on the data starts after it.
	 */
	void stop() {
		this.stopping = true;
		this.purge.shutdown();
		this.run.close();
		boolean interrupted = false;
		long deadline = System.nanoTime() + STOP_BOUND.toNanos();
		while (this.thread.isAlive() && System.nanoTime() < deadline) {
			try {
				this.thread.join(1 + TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (this.thread.isAlive()) {
			log.warn("Member {} has not ended within {} s of its stop", this.id, STOP_BOUND.toSeconds());
		}
		this.directory.close();
	}

	/**
	 * ZooKeeper wants the process to end, since a member is not fit to go on. It does not
	 * say which one, so it is ended here where there is only one.
	 * @param code ZooKeeper's exit code
	 */
	static void exitRequested(int code) {
		Set<RunningMember> members = Set.copyOf(all);
		log.error("ZooKeeper asked for the end of the process, exit code {}: {}", code,
				(members.size() == 1) ? "the member ends, start it again"
						: "one of " + members.size() + " members here cannot go on, start them again");
		if (members.size() == 1) {
			// The thread that asks may be one that closing waits for.
			members.forEach((member) -> new Thread(member.run::close, "zookeeper-member-end").start());
		}
	}

}
