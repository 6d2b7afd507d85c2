package io.roster.registry.history;

import java.time.Instant;
import java.util.Comparator;

import io.roster.registry.history.HistoryEvent.Cause;
import io.roster.registry.history.HistoryEvent.Change;
import org.jspecify.annotations.Nullable;

/**
 * An event with what tells it from all others: every replica sees the same change as the
 * same event, even where it cannot tell the transaction or the cause.
 *
 * @param zxid the transaction
 * @param at when
 * @param path the znode of the instance
 * @param czxid the transaction that created it
 * @param service the service
 * @param change what happened
 * @param cause why
 * @param status the status, if known
 */
record Entry(long zxid, Instant at, String path, long czxid, String service, Change change, Cause cause,
		@Nullable String status) {

	/** The order in which it is told. */
	static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::zxid)
		.thenComparing(Entry::path)
		.thenComparing(Entry::change)
		.thenComparingLong(Entry::czxid);

	Key key() {
		return new Key(this.path, this.czxid, this.change, (this.change == Change.UPDATED) ? this.zxid : 0);
	}

	HistoryEvent event() {
		return new HistoryEvent(Long.toString(this.zxid), this.at, this.service,
				this.path.substring(this.path.lastIndexOf('/') + 1), this.path, this.change, this.cause, this.status);
	}

	/**
	 * An instance joins once and leaves once.
	 *
	 * @param path its znode
	 * @param czxid the transaction that created it
	 * @param change what happened
	 * @param zxid the transaction of an update, otherwise zero
	 */
	record Key(String path, long czxid, Change change, long zxid) {
	}

}
