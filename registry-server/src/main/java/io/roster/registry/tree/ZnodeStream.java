package io.roster.registry.tree;

import java.util.Map;
import java.util.function.Consumer;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Subscription;
import io.roster.streams.StreamEvent;
import io.roster.streams.StreamSource;

/**
 * Tells what happens below a path. What is missed while the ensemble is away is told when
 * it is back, as the difference.
 */
final class ZnodeStream implements StreamSource {

	private final Mirror mirror;

	private final boolean recursive;

	private boolean first = true;

	ZnodeStream(Coordination coordination, String path, boolean recursive) {
		this.mirror = coordination.mirror(path, MirrorOptions.namesOnly());
		this.recursive = recursive;
	}

	@Override
	public Subscription subscribe(Consumer<StreamEvent> events) {
		Subscription subscription = this.mirror.subscribe((event) -> take(event, events));
		return () -> {
			subscription.close();
			this.mirror.close();
		};
	}

	private void take(MirrorEvent event, Consumer<StreamEvent> events) {
		if (event instanceof MirrorEvent.Changed changed) {
			tell(changed.change(), event, events);
		}
		else if (event instanceof MirrorEvent.Synced synced && synced.snapshot().loaded()) {
			// What was there before is no event.
			if (!this.first) {
				synced.changes().forEach((change) -> tell(change, event, events));
			}
			else {
				events.accept(heartbeat());
			}
			this.first = false;
		}
	}

	private void tell(NodeChange change, MirrorEvent event, Consumer<StreamEvent> events) {
		if (change instanceof NodeChange.Created created) {
			tell("created", created.node(), event, events);
		}
		else if (change instanceof NodeChange.Updated updated) {
			tell("changed", updated.after(), event, events);
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			tell("deleted", deleted.node(), event, events);
		}
	}

	private void tell(String name, Node node, MirrorEvent event, Consumer<StreamEvent> events) {
		if (this.recursive || isNear(node.path())) {
			events.accept(new StreamEvent(name, Long.toString(event.snapshot().revision()),
					() -> Map.of("path", node.path())));
		}
	}

	/** The znode itself, or one of its children. */
	private boolean isNear(String path) {
		String root = this.mirror.root();
		return path.equals(root) || path.lastIndexOf('/') <= (root.equals("/") ? 0 : root.length());
	}

	@Override
	public StreamEvent heartbeat() {
		boolean stale = this.mirror.stale();
		long age = this.mirror.age().toMillis();
		return new StreamEvent("heartbeat", null, () -> Map.of("stale", stale, "ageMs", age));
	}

}
