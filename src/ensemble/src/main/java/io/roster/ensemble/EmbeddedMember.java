package io.roster.ensemble;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;

import io.roster.ensemble.MemberStartException.Reason;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
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
 * <p>
 * Members accept requests of up to 4 MiB, four times ZooKeeper's default, unless the
 * system property {@code jute.maxbuffer} says otherwise; start a JVM's first member
 * before its first client, because the limit is fixed by whichever is first. What a
 * client accepts is not changed: one that reads long lists of children is given
 * {@code jute.maxbuffer} in its {@code ZKClientConfig}. The other system properties that
 * ZooKeeper makes of a configuration are shared by all members of one JVM too.
 */
public final class EmbeddedMember implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedMember.class);

	private final MemberConfig config;

	private @Nullable RunningMember running;

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

	private RunningMember launch() {
		DataDirectory directory = DataDirectory.open(this.config);
		RunningMember launched;
		try {
			MemberPorts.requireFree(this.config);
			launched = new RunningMember(this.config, SharedJvm.parse(this.config.toProperties()), directory);
		}
		catch (IOException | ConfigException | IllegalArgumentException ex) {
			directory.close();
			throw explain(ex);
		}
		catch (RuntimeException ex) {
			directory.close();
			throw ex;
		}
		try {
			launched.start();
			return launched;
		}
		catch (CompletionException ex) {
			launched.stop();
			throw explain(Objects.requireNonNullElse(ex.getCause(), ex));
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
		return this.running != null && this.running.isAlive();
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
	 * Waits until the member has ended, for whatever reason: what the main thread of a
	 * process does whose only work is this member.
	 * @return true if it was stopped or did not run, false if ZooKeeper gave up; the log
	 * says why
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean awaitStop() throws InterruptedException {
		RunningMember awaited;
		synchronized (this) {
			awaited = this.running;
		}
		return awaited == null || awaited.awaitEnd();
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
		RunningMember stopping = this.running;
		if (stopping != null) {
			this.running = null;
			stopping.stop();
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

}
