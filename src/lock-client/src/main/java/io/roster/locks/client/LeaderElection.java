package io.roster.locks.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the leadership of something until it is closed: a lock that is never given
 * back by choice. Whoever is first in its queue leads; the others follow in the order of
 * their arrival.
 * <p>
 * A leader learns of its loss by its own deadline, before another can lead; one that is
 * paused learns it late, which is what the {@linkplain Leadership#fencingToken() token}
 * is for. Then it stands again. While the service cannot be reached, or refuses, it tries
 * on; that is logged once.
 * <p>
 * Has one thread of its own, a daemon, on which the listener is called.
 */
public final class LeaderElection implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

	private final LockClient client;

	private final String lock;

	private final AcquireOptions options;

	private final LeadershipListener listener;

	private final Thread thread;

	private volatile CompletableFuture<?> waitingFor = CompletableFuture.completedFuture(null);

	private volatile @Nullable Leadership current;

	private volatile boolean closed;

	// Guarded by this.
	private boolean started;

	// Of the own thread.
	private boolean troubled;

	/**
	 * Makes an election that has not started.
	 * @param client what asks the lock service; stays the caller's to close, after this
	 * @param lock the name of what is led
	 * @param ttl how long the others wait for a leader that has died
	 * @param listener is told
	 */
	public LeaderElection(LockClient client, String lock, Duration ttl, LeadershipListener listener) {
		this.client = client;
		this.lock = lock;
		this.options = AcquireOptions.defaults().withTtl(ttl).withMaxWait(AcquireOptions.FOREVER);
		this.listener = listener;
		this.thread = new Thread(this::run, "roster-leader-" + lock);
		this.thread.setDaemon(true);
	}

	/**
	 * Begins to stand. Returns at once. Starting twice does nothing.
	 * @throws IllegalStateException if this was closed
	 */
	public synchronized void start() {
		if (this.closed) {
			throw new IllegalStateException("the election of the leader of " + this.lock + " is closed");
		}
		if (!this.started) {
			this.started = true;
			this.thread.start();
		}
	}

	/**
	 * What is led.
	 * @return the lock's name
	 */
	public String lock() {
		return this.lock;
	}

	/**
	 * Whether this process leads now, by its own deadline. Asks nobody.
	 * @return {@code false} also while the listener is being told of the end
	 */
	public boolean isLeader() {
		return leadership().isPresent();
	}

	/**
	 * The leadership of this process.
	 * @return nothing while another leads, or nobody
	 */
	public Optional<Leadership> leadership() {
		return Optional.ofNullable(this.current).filter(Leadership::isValid);
	}

	private void run() {
		try {
			while (!this.closed) {
				round();
				// Whatever a listener has left behind was not meant for this thread.
				Thread.interrupted();
			}
		}
		catch (IllegalStateException ex) {
			log.info("Stands no more for the leadership of {}: {}", this.lock, ex.getMessage());
		}
	}

	private void round() {
		try {
			HeldLock held = stand();
			if (held != null) {
				lead(new Leadership(held));
			}
		}
		catch (LockException ex) {
			if (!this.troubled) {
				log.warn("Cannot stand for the leadership of {}, and goes on trying: {}", this.lock, ex.getMessage());
			}
			this.troubled = true;
			pause();
		}
	}

	private @Nullable HeldLock stand() {
		Optional<HeldLock> held = await(this.client.tryAcquireAsync(this.lock, this.options));
		return (held != null) ? held.orElse(null) : null;
	}

	private void lead(Leadership leadership) {
		this.troubled = false;
		boolean began = false;
		try {
			if (!this.closed) {
				log.info("Leads {} (token {})", this.lock, leadership.fencingToken());
				this.current = leadership;
				began = granted(leadership);
				this.current = null;
			}
		}
		finally {
			leadership.giveBack();
		}
		if (!began) {
			// Another may be able to do what this process cannot.
			pause();
		}
	}

	/** Leads until it is over. Returns whether the listener could begin. */
	private boolean granted(Leadership leadership) {
		boolean began = tell(() -> this.listener.granted(leadership), leadership);
		if (began) {
			await(leadership.over());
		}
		// From here on nobody here is told that it leads.
		leadership.resign();
		log.info("Leads {} no more (token {}): {}", this.lock, leadership.fencingToken(),
				leadership.loss().map(LostLock::detail).orElse("given up"));
		tell(() -> this.listener.revoked(leadership), leadership);
		return began;
	}

	private static boolean tell(Runnable listener, Leadership leadership) {
		try {
			listener.run();
			return true;
		}
		catch (RuntimeException ex) {
			log.error("A listener failed that was told about the leadership of {}", leadership.lock(), ex);
			return false;
		}
	}

	private void pause() {
		await(new CompletableFuture<Void>().completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS));
	}

	/** Waits for what comes, or until this is closed: then {@code null}. */
	private <T> @Nullable T await(CompletableFuture<T> what) {
		this.waitingFor = what;
		if (this.closed) {
			what.cancel(true);
		}
		try {
			return what.join();
		}
		catch (CancellationException ex) {
			return null;
		}
		catch (CompletionException ex) {
			throw LockClient.known(ex);
		}
	}

	/**
	 * Gives the leadership up, or the place in the queue. Waits ten seconds at most for
	 * the listener to be told and for the lock to be given back; does not wait when it is
	 * called by the listener. Closing twice does nothing.
	 */
	@Override
	public void close() {
		boolean running;
		synchronized (this) {
			this.closed = true;
			running = this.started;
		}
		this.waitingFor.cancel(true);
		if (running && Thread.currentThread() != this.thread) {
			try {
				this.thread.join(LONGEST_CLOSE.toMillis());
				if (this.thread.isAlive()) {
					log.warn("The listener of the leadership of {} has not returned within {}", this.lock,
							LONGEST_CLOSE);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
