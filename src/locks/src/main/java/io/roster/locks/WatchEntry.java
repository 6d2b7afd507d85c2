package io.roster.locks;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to a place, to be told as soon as it is known what stands in it.
 * Confined to the replica's {@link Serial}.
 */
final class WatchEntry {

	private final long number;

	private final Change change;

	private final QueueNode node;

	private final String revision;

	private final boolean holds;

	private final int position;

	private final @Nullable LeaseData before;

	private boolean asked;

	WatchEntry(long number, Change change, QueueNode node, String revision, boolean holds, int position,
			@Nullable LeaseData before) {
		this.number = number;
		this.change = change;
		this.node = node;
		this.revision = revision;
		this.holds = holds;
		this.position = position;
		this.before = before;
	}

	long number() {
		return this.number;
	}

	QueueNode node() {
		return this.node;
	}

	/** It was read; what is not known by now will not be. */
	void asked() {
		this.asked = true;
	}

	boolean isKnown() {
		return this.asked || this.change == Change.REMOVED || this.node.toldGone || this.node.content() != null;
	}

	boolean isWorthTelling() {
		LeaseData known = (this.node.told != null) ? this.node.told : this.before;
		return this.change != Change.WRITTEN || (known != null && !Objects.equals(known, this.node.lastKnown()));
	}

	QueueEvent event(Places places) {
		Place place = places.place(this.node, this.holds, this.position);
		this.node.told = this.node.lastKnown();
		return switch (this.change) {
			case ADDED -> new QueueEvent.Added(this.revision, place);
			case HOLDS, WRITTEN -> new QueueEvent.Updated(this.revision, place);
			case REMOVED -> new QueueEvent.Removed(this.revision, place);
		};
	}

	/** What has happened. */
	enum Change {

		ADDED, HOLDS, WRITTEN, REMOVED

	}

}
