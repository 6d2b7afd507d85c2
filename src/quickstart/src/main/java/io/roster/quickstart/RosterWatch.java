package io.roster.quickstart;

import java.time.Duration;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import org.jspecify.annotations.Nullable;

/** Shows which instances join and leave, as a mirror of them tells. */
final class RosterWatch implements AutoCloseable {

	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private static final String ROOT = "/servers";

	private final Console console;

	private @Nullable Coordination coordination;

	RosterWatch(Console console) {
		this.console = console;
	}

	synchronized void start(String connectString) {
		this.coordination = Coordination.connect(connectString, SESSION_TIMEOUT);
		Mirror servers = this.coordination.mirror(ROOT, MirrorOptions.namesOnly());
		servers.subscribe(this::onEvent);
	}

	private void onEvent(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			synced.changes().forEach(this::show);
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			show(changed.change());
		}
	}

	private void show(NodeChange change) {
		if (change instanceof NodeChange.Created created) {
			show(created.node(), "joined");
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			show(deleted.node(), "left");
		}
	}

	private void show(Node node, String what) {
		// The root itself comes and goes too.
		if (!node.path().equals(ROOT)) {
			this.console.event(node.name() + " " + what);
		}
	}

	@Override
	public synchronized void close() {
		if (this.coordination != null) {
			this.coordination.close();
		}
	}

}
