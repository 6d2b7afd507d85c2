package io.roster.quickstart;

import java.time.Duration;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.NodeChange;
import org.jspecify.annotations.Nullable;

/** Shows which instances join and leave, as a mirror of them tells. */
final class RosterWatch implements AutoCloseable {

	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private final Console console;

	private @Nullable Coordination coordination;

	RosterWatch(Console console) {
		this.console = console;
	}

	synchronized void start(String connectString) {
		this.coordination = Coordination.connect(connectString, SESSION_TIMEOUT);
		Mirror servers = this.coordination.mirror("/servers", MirrorOptions.namesOnly());
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
			this.console.event(created.node().name() + " joined");
		}
		else if (change instanceof NodeChange.Deleted deleted) {
			this.console.event(deleted.node().name() + " left");
		}
	}

	@Override
	public synchronized void close() {
		if (this.coordination != null) {
			this.coordination.close();
		}
	}

}
