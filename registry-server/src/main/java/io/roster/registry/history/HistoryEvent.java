package io.roster.registry.history;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an instance.
 *
 * @param revision the transaction that did it, a zxid as a decimal string; events are
 * ordered by it
 * @param at when: of what joined or changed by the ensemble's clock, of what left by that
 * of the replica that wrote it down
 * @param service the service
 * @param instance the id of the instance, the name of its znode
 * @param path its znode
 * @param change what happened
 * @param cause why
 * @param status the status from then on, or the last one of what left; {@code null} where
 * it is not known
 */
@Schema(name = "Event", description = "Something that happened to an instance.")
public record HistoryEvent(
		@Schema(description = "The transaction that did it; events are ordered by it",
				example = "4294967311") String revision,
		@Schema(description = "When", example = "2026-11-23T08:00:00Z") Instant at,
		@Schema(description = "The service", example = "bikesvc") String service,
		@Schema(description = "The id of the instance", example = "bikesvc0000000010") String instance,
		@Schema(description = "Its znode", example = "/servers/bikesvc0000000010") String path,
		@Schema(description = "What happened") Change change, @Schema(description = "Why") Cause cause,
		@Schema(description = "The status from then on, or the last one", example = "UP") @Nullable String status) {

	/** What happened. */
	public enum Change {

		/** It was not there before. */
		JOINED,

		/** It says something else about itself, its status for example. */
		UPDATED,

		/** It is gone. */
		LEFT

	}

	/**
	 * Why it happened. ZooKeeper tells nobody why a znode is gone, so what left is
	 * explained by a rule, the first of these that holds:
	 * <ol>
	 * <li>{@link #UNSEEN}: no replica saw it go: all were away or without a connection;
	 * <li>{@link #CLOSED}: it said a last word. Applications with Roster's starter write
	 * DRAINING before they delete their znode, or in the transaction that deletes it, and
	 * so does a registration over REST that is ended by DELETE;
	 * <li>{@link #EXPIRED}: it was registered over REST, and its record went with it;
	 * <li>{@link #REMOVED}: it was persistent, or a second later something else of its
	 * session stands among the instances, such as the node that replaces it: so its
	 * session was alive, and somebody deleted the znode;
	 * <li>{@link #EXPIRED}: nothing else of its session is left. The session has expired,
	 * or a program that says no last word has closed it: these two look the same.
	 * </ol>
	 */
	public enum Cause {

		/** It registered. */
		REGISTERED,

		/** Somebody wrote into its znode: it itself, or an operator. */
		CHANGED,

		/** It left in good order, with a last word. */
		CLOSED,

		/** It was not heard of for too long: its session, or its TTL, has run out. */
		EXPIRED,

		/** Somebody deleted its znode. */
		REMOVED,

		/** It was gone when a replica looked again. */
		UNSEEN

	}

}
