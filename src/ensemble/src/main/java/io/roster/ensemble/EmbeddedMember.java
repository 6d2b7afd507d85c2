package io.roster.ensemble;

import java.net.BindException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.roster.ensemble.MemberStartException.Reason;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One real ZooKeeper member inside this JVM: standalone, or a voter or observer of an
 * ensemble whose other members run anywhere. It can be stopped and started again on its
 * own data.
 * <p>
 * It never ends the JVM: where ZooKeeper would, it logs an error, and {@link #isRunning}
 * turns false. Safe for use by several threads.
 */
public final class EmbeddedMember implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedMember.class);

	private static final Duration STOP_BOUND = Duration.ofSeconds(20);

	private final MemberConfig config;

	private @Nullable Running running;

	private boolean closed;

	/**
	 * A member that is not started yet.
	 * @param config its parameters
	 */
	public EmbeddedMember(MemberConfig config) {
		this.config = config;
	}

	/**
	 * Starts the member. It returns when a standalone member serves, and when a member of
	 * an ensemble has begun to look for the other ones: {@link #awaitQuorum} waits for
	 * them. A member that runs already is left alone.
	 * @throws MemberStartException if it cannot start; the message says what to do
	 * @throws IllegalStateException if it has been closed
	 */
	public synchronized void start() {
		if (this.closed) {
			throw new IllegalStateException("Member " + this.config.id() + " has been closed and cannot start again");
		}
		if (isRunning()) {
			return;
		}
		stop();
		this.running = launch();
		log.info("Member {} runs at {} on {}", this.config.id(), this.config.client(), this.config.storage().dataDir());
	}

	private Running launch() {
		DataDirectory directory = DataDirectory.open(this.config);
		try {
			MemberPorts.requireFree(this.config);
			Running launched = Running.launch(this.config, directory);
			try {
				launched.started.join();
			}
			catch (CompletionException ex) {
				launched.stop();
				throw explain(Objects.requireNonNullElse(ex.getCause(), ex));
			}
			return launched;
		}
		catch (RuntimeException ex) {
			directory.close();
			throw ex;
		}
	}

	private MemberStartException explain(Throwable cause) {
		if (cause instanceof BindException bind) {
			return MemberPorts.bindFailed("client port (clientPort)", this.config.client(), bind);
		}
		return new MemberStartException(Reason.REFUSED, "ZooKeeper could not start member " + this.config.id() + " on "
				+ this.config.storage().dataDir() + " (" + cause + "): mend what it names", cause);
	}

	/**
	 * Whether the member works. It does not say that there is a quorum.
	 * @return false before start, after stop, and when ZooKeeper has given up
	 */
	public synchronized boolean isRunning() {
		return this.running != null && this.running.thread.isAlive();
	}

	/**
	 * Waits until this member's ensemble has a quorum that agrees on a leader, and this
	 * member serves clients.
	 * @param bound how long to wait at most
	 * @throws QuorumTimeoutException when it has passed; the message says what is missing
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void awaitQuorum(Duration bound) throws InterruptedException {
		QuorumWait.of(this.config).await(bound);
	}

	/**
	 * Waits until the member has stopped, for whatever reason: what the main thread of a
	 * process does whose only work is this member.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void awaitStop() throws InterruptedException {
		Thread thread;
		synchronized (this) {
			thread = (this.running != null) ? this.running.thread : null;
		}
		if (thread != null) {
			thread.join();
		}
	}

	/**
	 * The parameters that it was made with.
	 * @return the configuration
	 */
	public MemberConfig config() {
		return this.config;
	}

	/**
	 * Stops the member; blocks until its ports and its data directory are free. Stopping
	 * one that does not run does nothing.
	 */
	public synchronized void stop() {
		Running stopping = this.running;
		if (stopping != null) {
			this.running = null;
			stopping.stop();
			stopping.directory.close();
			log.info("Member {} has stopped", this.config.id());
		}
	}

	/**
	 * Stops the member for good. Closing again, or without a start, does nothing.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		stop();
	}

	/** What a started member holds. */
	private static final class Running {

		private final CompletableFuture<Void> started = new CompletableFuture<>();

		private final DataDirectory directory;

		private final MemberRun run;

		private final DatadirCleanupManager purge;

		private final Thread thread;

		private Running(MemberConfig config, QuorumPeerConfig parsed, boolean distributed, DataDirectory directory) {
			this.directory = directory;
			this.run = MemberRun.of(parsed, distributed, this.started);
			this.purge = new DatadirCleanupManager(parsed.getDataDir(), parsed.getDataLogDir(),
					parsed.getSnapRetainCount(), parsed.getPurgeInterval());
			this.thread = new Thread(this::work, "zookeeper-member-" + config.id());
		}

		static Running launch(MemberConfig config, DataDirectory directory) {
			try {
				SharedJvm.Parsed parsed = SharedJvm.parse(config.toProperties());
				Running running = new Running(config, parsed.config(), parsed.distributed(), directory);
				running.purge.start();
				running.thread.start();
				return running;
			}
			catch (Exception ex) {
				throw new MemberStartException(Reason.REFUSED,
						"ZooKeeper refuses the configuration of member " + config.id() + ": " + ex.getMessage(), ex);
			}
		}

		private void work() {
			try {
				this.run.run();
				this.started.completeExceptionally(new IllegalStateException("ZooKeeper ended before it had started"));
			}
			catch (Exception | Error ex) {
				if (!this.started.completeExceptionally(ex)) {
					log.error("The member has given up", ex);
				}
			}
		}

		void stop() {
			this.purge.shutdown();
			this.run.close();
			// Not to be cut short: the data directory is given free after this.
			boolean interrupted = false;
			long deadline = System.nanoTime() + STOP_BOUND.toNanos();
			while (this.thread.isAlive() && System.nanoTime() < deadline) {
				try {
					this.thread.join(Duration.ofNanos(deadline - System.nanoTime()).toMillis() + 1);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			if (this.thread.isAlive()) {
				log.warn("{} has not ended within {} s of its stop", this.thread.getName(), STOP_BOUND.toSeconds());
			}
		}

	}

}
