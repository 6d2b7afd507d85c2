package io.roster.coordination;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Keeps what a mirror tells, in short words. */
final class Recorder implements MirrorListener {

	private final List<MirrorEvent> events = new CopyOnWriteArrayList<>();

	@Override
	public void onEvent(MirrorEvent event) {
		this.events.add(event);
	}

	List<MirrorEvent> events() {
		return this.events;
	}

	/** All changes, those of a Synced included. */
	List<NodeChange> changes() {
		return this.events.stream().flatMap(Recorder::changesOf).toList();
	}

	<E extends MirrorEvent> List<E> all(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	void clear() {
		this.events.clear();
	}

	/** Such as "+/a/b", "~/a/b" and "-/a/b". */
	List<String> words() {
		return changes().stream().map(Recorder::word).toList();
	}

	static String word(NodeChange change) {
		if (change instanceof NodeChange.Created created) {
			return "+" + created.node().path();
		}
		if (change instanceof NodeChange.Updated updated) {
			return "~" + updated.after().path();
		}
		return "-" + ((NodeChange.Deleted) change).node().path();
	}

	private static Stream<NodeChange> changesOf(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			return synced.changes().stream();
		}
		return (event instanceof MirrorEvent.Changed changed) ? Stream.of(changed.change()) : Stream.empty();
	}

}
