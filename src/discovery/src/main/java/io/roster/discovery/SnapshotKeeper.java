package io.roster.discovery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lists to their file when they have changed, once in a few seconds at most,
 * on a thread of its own: a disk that hangs or is full harms nothing and is told once.
 */
final class SnapshotKeeper implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Duration LAST_WRITE = Duration.ofSeconds(2);

	private final SnapshotFile file;

	private final LongSupplier ticker;

	private final Clock clock;

	private final ThreadPoolExecutor thread;

	private final AtomicBoolean writing = new AtomicBoolean();

	private volatile boolean failing;

	/** Seen by the directory's thread and then by the closing one. */
	private volatile @Nullable ServiceIndex seen;

	/** The revision of the lists that the file has. */
	private volatile @Nullable Long written;

	private volatile boolean tried;

	private volatile long triedAt;

	private volatile Instant seenAt = Instant.EPOCH;

	SnapshotKeeper(SnapshotFile file, LongSupplier ticker, Clock clock) {
		this.file = file;
		this.ticker = ticker;
		this.clock = clock;
		this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread created = new Thread(task, "roster-snapshot");
			created.setDaemon(true);
			return created;
		}, new ThreadPoolExecutor.DiscardPolicy());
	}

	/**
	 * Reads the file, once, before anything is written.
	 * @return what it says; {@code null} if that is nothing
	 */
	SnapshotFile.@Nullable Content read() {
		try {
			return this.file.read();
		}
		catch (IOException ex) {
			log.warn("the snapshot {} is left aside: {}", this.file.path(), ex.toString());
			return null;
		}
	}

	/**
	 * Takes note of the lists, and has them written if it is time.
	 * @param index the lists
	 * @param age how long ago the ensemble was last heard
	 */
	void keep(ServiceIndex index, Duration age) {
		this.seen = index;
		this.seenAt = this.clock.instant().minus(age);
		boolean due = !this.tried || this.ticker.getAsLong() - this.triedAt >= PAUSE.toNanos();
		if (due && isNews(index) && this.writing.compareAndSet(false, true)) {
			this.thread.execute(this::write);
		}
	}

	private boolean isNews(ServiceIndex index) {
		Long known = this.written;
		return known == null || known != index.revision();
	}

	private void write() {
		ServiceIndex index = this.seen;
		try {
			if (index != null && isNews(index)) {
				this.tried = true;
				this.triedAt = this.ticker.getAsLong();
				this.file.write(index, this.seenAt);
				this.written = index.revision();
				succeeded();
			}
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
		finally {
			this.writing.set(false);
		}
	}

	private void succeeded() {
		if (this.failing) {
			this.failing = false;
			log.info("the snapshot {} is written again", this.file.path());
		}
	}

	private void failed(Exception cause) {
		if (!this.failing) {
			this.failing = true;
			log.warn("the snapshot {} cannot be written, so a restart while the ensemble is away will begin with {}",
					this.file.path(), "an older one or none", cause);
		}
	}

	/**
	 * Writes what is not written yet, and waits for that for two seconds.
	 */
	@Override
	public void close() {
		this.thread.execute(this::write);
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(LAST_WRITE.toNanos(), TimeUnit.NANOSECONDS)) {
				log.warn("the snapshot {} was not written in {}", this.file.path(), LAST_WRITE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
