package io.roster.coordination;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory copy of one subtree of the ensemble, kept by one persistent recursive
 * watch. It is read in bulk at the start and after every reconnect; in between an event
 * names its path, so that the cost of a change does not depend on how many nodes there
 * are. One of the {@link MirrorOptions#ownNodes() own nodes} alone is kept otherwise, as
 * it says there.
 * <p>
 * Losing the connection never empties a mirror: the last good snapshot stays,
 * {@link #stale()}, with its {@link #age()}.
 * <p>
 * The root is a node of the snapshot like the others: its own creation, change and
 * deletion are told too. It need not exist; while it does not, the snapshot is empty.
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
	 * Who this process is to the ensemble: what whoever creates znodes with this mirror's
	 * handle must use.
	 * @return the access of the connection
	 */
	ZnodeAccess access();

	/**
	 * The last good snapshot.
	 * @return an immutable snapshot; one that is not {@link Snapshot#loaded()} before the
	 * first read
	 */
	Snapshot snapshot();

	/**
	 * Completes with the first snapshot, on the event thread of the handle, when the
	 * listeners have been told.
	 * @return a future that completes exceptionally only when the mirror is closed before
	 */
	CompletableFuture<Snapshot> firstSnapshot();

	/**
	 * How long ago the ensemble was last heard of, by an answer or an event; a mirror
	 * that hears nothing asks once a second (see
	 * {@link CoordinationOptions#heartbeat()}). Before the first answer it counts from
	 * the opening of the mirror.
	 * @return the age, on this machine's monotonic clock
	 */
	Duration age();

	/**
	 * Whether the snapshot may be behind: the mirror is not connected, is still reading
	 * after a reconnect, is closed, or its server has been silent for three heartbeats
	 * (three seconds by default; ZooKeeper's client gives a silent server up only after
	 * two thirds of the session timeout).
	 * @return {@code true} if the snapshot is not known to be current
	 */
	boolean stale();

	/**
	 * Why the ensemble does not let this process read the root, if it does not: a wrong
	 * password, or an ACL without this process. The last good snapshot stays, and is
	 * {@link #stale()}; the mirror tries again every few seconds.
	 * @return a sentence for a person, without a password; {@code null} if the root was
	 * not refused since it was read last
	 */
	@Nullable String refusal();

	/**
	 * The handle on which this mirror is in sync. For asynchronous calls on this handle
	 * alone it holds that their callback runs on the thread on which the mirror is
	 * updated, in the order of the transactions: when the answer to a create arrives, the
	 * mirror contains the created node, unless it is one of the own nodes alone. (After a
	 * {@code multi} it contains all of them, and stands at the zxid that they share.) Do
	 * not keep it: ask again for each call.
	 * @return the handle, or {@code null} while the mirror is not connected, reads, or is
	 * closed. A silent server, which makes the mirror {@link #stale()}, does not take the
	 * handle away: calls are answered when it is heard again, or fail with the connection
	 */
	@Nullable ZooKeeper handle();

	/**
	 * Follows this mirror. A listener that comes late is told the current snapshot first,
	 * as a {@link MirrorEvent.Synced} with every node as created, and, if the mirror is
	 * not connected then, a {@link MirrorEvent.Disconnected}. That first call comes on
	 * the calling thread before this method returns, or, if the mirror is telling
	 * something to its listeners just then, on that other thread soon after. No event is
	 * lost or told twice. Never waits for a listener, so it may be called under any lock.
	 * @param listener called on the event thread of the handle, but for the first call
	 * @return ends the subscription when it is closed
	 */
	Subscription subscribe(MirrorListener listener);

	/**
	 * Measures how long changes take through this mirror: from the moment when the
	 * client's event thread hands an event over, over the read of the node where the
	 * mirror has {@link MirrorOptions#data() data}, to the moment when all listeners have
	 * been told. Of events that are published together the oldest counts. What is found
	 * by reading everything, at the start and after a reconnect, is not measured.
	 * @param observer takes nanoseconds, on the event thread of the handle; it must
	 * neither block nor do I/O
	 * @return ends the measuring when it is closed
	 */
	Subscription observePublications(LongConsumer observer);

	/**
	 * Stops, and removes the watch as far as that is possible now. The last snapshot
	 * stays readable. A listener that is being told something hears it to its end, and
	 * then nothing more. Closing twice does nothing.
	 */
	@Override
	void close();

}
