package io.roster.discovery;

import java.util.Set;

import io.roster.coordination.Mirror;

/**
 * A mirror from which instances are read, and how far that has come. Changed under the
 * directory's lock, read by anybody.
 */
final class Source {

	private final Mirror mirror;

	private final Set<Layout> layouts;

	private volatile boolean read;

	Source(Mirror mirror, Set<Layout> layouts) {
		this.mirror = mirror;
		this.layouts = layouts;
	}

	Mirror mirror() {
		return this.mirror;
	}

	boolean holds(Layout layout) {
		return this.layouts.contains(layout);
	}

	/** Whether the ensemble has been heard at least once. */
	boolean read() {
		return this.read;
	}

	void markRead() {
		this.read = true;
	}

}
