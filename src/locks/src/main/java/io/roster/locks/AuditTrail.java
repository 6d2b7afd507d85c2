package io.roster.locks;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Who held what, and who was thrown out: a log line for each grant, expiry, revocation
 * and forced release, and the newest of them for those who ask. The lines are written on
 * a thread of their own, because the threads of the queues do no I/O; when the log cannot
 * follow, lines are left out and counted.
 */
final class AuditTrail implements AutoCloseable {

	/** Its level switches the lines off. */
	private static final Logger audit = LoggerFactory.getLogger("io.roster.locks.audit");

	private static final int LINES_IN_FLIGHT = 10_000;

	private final Clock clock;

	private final AuditStore store;

	private final int kept;

	private final Deque<AuditRecord> newest = new ArrayDeque<>();

	private final AtomicLong leftOut = new AtomicLong();

	private final ThreadPoolExecutor lines;

	AuditTrail(Clock clock, AuditStore store, int kept) {
		this.clock = clock;
		this.store = store;
		this.kept = kept;
		this.lines = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(LINES_IN_FLIGHT),
				(task) -> {
					Thread thread = new Thread(task, "roster-locks-audit");
					thread.setDaemon(true);
					return thread;
				}, (task, executor) -> this.leftOut.incrementAndGet());
	}

	void granted(QueueNode node, Lease lease, long revision) {
		keep(new AuditRecord(Long.toString(revision), this.clock.instant(), AuditRecord.Change.GRANTED, lease.lock(),
				null, lease.lease(), lease.owner(), lease.fencingToken(), null, node.principal()));
	}

	void expired(QueueNode node, @Nullable String owner, long revision) {
		keep(record(AuditRecord.Change.EXPIRED, node, owner, null).at(revision));
	}

	/** What an operator is about to do; {@link #done} when it is done. */
	AuditRecord record(AuditRecord.Change change, QueueNode node, @Nullable String owner, @Nullable String reason) {
		UUID lease = node.leaseId();
		return new AuditRecord("0", this.clock.instant(), change, node.lock(), node.name().text(),
				(lease != null) ? lease.toString() : null, owner, null, reason, node.principal());
	}

	void done(AuditRecord record) {
		line(record);
	}

	AuditStore store() {
		return this.store;
	}

	private void keep(AuditRecord record) {
		this.newest.addLast(record);
		if (this.newest.size() > this.kept) {
			this.newest.removeFirst();
		}
		line(record);
	}

	private void line(AuditRecord record) {
		if (audit.isInfoEnabled()) {
			this.lines.execute(() -> write(record));
		}
	}

	private void write(AuditRecord record) {
		long missing = this.leftOut.getAndSet(0);
		if (missing > 0) {
			audit.warn("{} lines of the audit trail were left out, because the log did not follow", missing);
		}
		boolean granted = record.change() == AuditRecord.Change.GRANTED;
		LoggingEventBuilder line = granted ? audit.atInfo() : audit.atWarn();
		line = with(line, "lock", record.lock());
		line = with(line, "lease", record.lease());
		line = with(line, "owner", record.owner());
		line = with(line, "principal", record.principal());
		line = with(line, "node", record.node());
		line = with(line, "fencingToken", record.fencingToken());
		line = with(line, "reason", record.reason());
		line.log(record.change().name());
	}

	private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable String value) {
		return (value != null) ? line.addKeyValue(key, value) : line;
	}

	/**
	 * A part of the trail: all records of a revision come together.
	 * @param stored what operators did
	 * @param lock only of this lock, or {@code null} for all
	 * @param after only later than this revision
	 * @param limit how many
	 * @return the oldest of them
	 */
	AuditPage page(List<AuditRecord> stored, @Nullable String lock, long after, int limit) {
		List<AuditRecord> all = new ArrayList<>(stored);
		all.addAll(this.newest);
		all.removeIf((record) -> revision(record) <= after || (lock != null && !lock.equals(record.lock())));
		all.sort(Comparator.comparingLong(AuditTrail::revision));
		int end = Math.min(limit, all.size());
		while (end > 0 && end < all.size() && revision(all.get(end)) == revision(all.get(end - 1))) {
			end++;
		}
		return new AuditPage(all.subList(0, end), end < all.size());
	}

	private static long revision(AuditRecord record) {
		return Long.parseLong(record.revision());
	}

	@Override
	public void close() {
		this.lines.shutdown();
	}

}
