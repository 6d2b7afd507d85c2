package io.roster.coordination;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory copy of one subtree of the ensemble, kept by one persistent recursive
 * watch. It is read in bulk at the start and after every reconnect; in between an event
 * names its path, so that the cost of a change does not depend on how many nodes there
 * are.
 * <p>
 * Losing the connection never empties a mirror: the last good snapshot stays,
 * {@link #stale()}, with its {@link #age()}.
 * <p>
 * All methods are safe for use by many threads and none of them blocks.
 */
public interface Mirror extends AutoCloseable {

	/**
	 * The root of the mirrored subtree.
	 * @return an absolute path
	 */
	String root();

	/**
	 * The last good snapshot.
	 * @return an immutable snapshot; one that is not {@link Snapshot#loaded()} before the
	 * first read
	 */
	Snapshot snapshot();

	/**
	 * Completes with the first snapshot, on the event thread of the handle.
	 * @return a future that completes exceptionally only when the mirror is closed before
	 */
	CompletableFuture<Snapshot> firstSnapshot();

	/**
	 * How long ago the ensemble was last heard of, by an answer or an event; a mirror
	 * that hears nothing asks once a second.
	 * @return the age, on this machine's monotonic clock
	 */
	Duration age();

	/**
	 * Whether the snapshot may be behind: the mirror is not connected, or is still
	 * reading after a reconnect.
	 * @return {@code true} if the snapshot is not known to be current
	 */
	boolean stale();

	/**
	 * The handle on which this mirror is in sync. For asynchronous calls on this handle
	 * alone it holds that their callback runs on the thread on which the mirror is
	 * updated, in the order of the transactions: when the answer to a create arrives, the
	 * mirror contains the created node. Do not keep it: ask again for each call.
	 * @return the handle, or {@code null} while the mirror is {@link #stale()}
	 */
	@Nullable ZooKeeper handle();

	/**
	 * Follows this mirror. A listener that comes late is told the current snapshot first.
	 * @param listener called on the event thread of the handle
	 * @return ends the subscription when it is closed
	 */
	Subscription subscribe(MirrorListener listener);

	/**
	 * Removes the watch and stops. The last snapshot stays readable. Closing twice does
	 * nothing.
	 */
	@Override
	void close();

}
