package io.roster.coordination;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices changes of leader by the zxids that pass by, and logs each of them once for all
 * mirrors of a process.
 * <p>
 * A client is told of no election. What it sees is the zxid of each event, the zxids in
 * each stat, and the zxid at which its server stood with each answer. ZooKeeper's client
 * keeps that last one and shows it in one public place, the text of its handle. A text
 * that has none costs nothing but lateness: the events remain.
 */
final class Elections {

	private static final Logger logger = LoggerFactory.getLogger(Coordination.class);

	private static final Pattern LAST_ZXID = Pattern.compile("\\blastZxid:(\\d{1,18})\\b");

	private static final long NONE = -1;

	private final List<ElectionListener> listeners = new CopyOnWriteArrayList<>();

	/** Written under the lock, read by anybody. */
	private volatile long epoch = NONE;

	private volatile long count;

	private long rebuiltSession;

	long epoch() {
		return this.epoch;
	}

	long count() {
		return this.count;
	}

	Subscription add(ElectionListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	/** Takes the zxid of an event or a stat. */
	void saw(long zxid) {
		if (zxid > 0 && epochOf(zxid) > this.epoch) {
			sawGreater(epochOf(zxid));
		}
	}

	/** Takes the zxid at which the server stood when it answered last. */
	void answered(ZooKeeper handle) {
		saw(lastZxid(handle));
	}

	private void sawGreater(long seen) {
		Election election;
		synchronized (this) {
			long before = this.epoch;
			if (seen <= before) {
				return;
			}
			this.epoch = seen;
			if (before == NONE) {
				return;
			}
			this.count++;
			election = new Election(seen, before);
		}
		logger.info("A new leader was elected: epoch {} (was {})", election.epoch(), election.before());
		this.listeners.forEach((listener) -> tell(listener, election));
	}

	private static void tell(ElectionListener listener, Election election) {
		try {
			listener.elected(election);
		}
		catch (RuntimeException ex) {
			logger.error("The listener {} failed on an election", listener, ex);
		}
	}

	/**
	 * The ensemble stands lower than before, after a sync. Each mirror finds that for
	 * itself; it is logged once for each session, as a server refuses a session that has
	 * seen more than it has.
	 */
	void rebuilt(ZooKeeper handle, long newest, long before) {
		long stands = Math.max(newest, lastZxid(handle));
		synchronized (this) {
			if (this.rebuiltSession == handle.getSessionId()) {
				return;
			}
			this.rebuiltSession = handle.getSessionId();
			this.epoch = epochOf(stands);
		}
		logger.warn("The ensemble stands at zxid 0x{}, and stood at 0x{} before: it lost its data or was restored",
				Long.toHexString(newest), Long.toHexString(before));
	}

	static long lastZxid(ZooKeeper handle) {
		Matcher text = LAST_ZXID.matcher(handle.toString());
		return text.find() ? Long.parseLong(text.group(1)) : 0;
	}

	private static long epochOf(long zxid) {
		return zxid >>> Integer.SIZE;
	}

}
