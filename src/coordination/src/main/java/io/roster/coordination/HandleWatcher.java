package io.roster.coordination;

import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * The watcher of one mirror on one handle; a second one for the same handle is equal to
 * it.
 */
record HandleWatcher(SubtreeMirror mirror, ZooKeeper handle) implements Watcher {

	@Override
	public void process(WatchedEvent event) {
		this.mirror.event(this.handle, event);
	}

}
