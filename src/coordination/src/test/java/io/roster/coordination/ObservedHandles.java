package io.roster.coordination;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * Handles that keep a list of the requests a mirror sends; on demand with events as a
 * server before 3.9 sends them, without a zxid, or with reads that take their time.
 */
final class ObservedHandles implements ZookeeperFactory {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final boolean undated;

	private final List<Runnable> held = new CopyOnWriteArrayList<>();

	private volatile boolean holding;

	ObservedHandles(boolean undated) {
		this.undated = undated;
	}

	/** Such as "getData /a", in order. */
	List<String> requests() {
		return this.requests;
	}

	/** From now on a read of a node's data is noted and not sent. */
	void holdReads() {
		this.holding = true;
	}

	/** Sends what was held, and all that comes. */
	void releaseReads() {
		this.holding = false;
		this.held.forEach(Runnable::run);
		this.held.clear();
	}

	CuratorFramework client(String connectString, Duration sessionTimeout) {
		CuratorFramework client = CuratorFrameworkFactory.builder()
			.connectString(connectString)
			.sessionTimeoutMs((int) sessionTimeout.toMillis())
			.connectionTimeoutMs((int) sessionTimeout.toMillis())
			.retryPolicy(new RetryOneTime(100))
			.ensembleTracker(false)
			.zookeeperFactory(this)
			.build();
		client.start();
		return client;
	}

	@Override
	public ZooKeeper newZooKeeper(String connectString, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
			throws IOException {
		return new Handle(connectString, sessionTimeout, watcher, canBeReadOnly);
	}

	private final class Handle extends ZooKeeper {

		Handle(String connectString, int sessionTimeout, Watcher watcher, boolean canBeReadOnly) throws IOException {
			super(connectString, sessionTimeout, watcher, canBeReadOnly);
		}

		private void note(String request) {
			ObservedHandles.this.requests.add(request);
		}

		@Override
		public void addWatch(String path, Watcher watcher, AddWatchMode mode, AsyncCallback.VoidCallback callback,
				Object context) {
			note("addWatch " + path);
			Watcher set = ObservedHandles.this.undated ? new Undated(watcher) : watcher;
			super.addWatch(path, set, mode, callback, context);
		}

		@Override
		public void sync(String path, AsyncCallback.VoidCallback callback, Object context) {
			note("sync " + path);
			super.sync(path, callback, context);
		}

		@Override
		public void multi(Iterable<Op> operations, AsyncCallback.MultiCallback callback, Object context) {
			if (operations.iterator().hasNext()) {
				note("multi");
			}
			super.multi(operations, callback, context);
		}

		@Override
		public void exists(String path, boolean watch, AsyncCallback.StatCallback callback, Object context) {
			note("exists " + path);
			super.exists(path, watch, callback, context);
		}

		@Override
		public void getData(String path, boolean watch, AsyncCallback.DataCallback callback, Object context) {
			note("getData " + path);
			Runnable read = () -> super.getData(path, watch, callback, context);
			if (ObservedHandles.this.holding) {
				ObservedHandles.this.held.add(read);
			}
			else {
				read.run();
			}
		}

		@Override
		public void getChildren(String path, boolean watch, AsyncCallback.ChildrenCallback callback, Object context) {
			note("getChildren " + path);
			super.getChildren(path, watch, callback, context);
		}

	}

	private record Undated(Watcher watcher) implements Watcher {

		@Override
		public void process(WatchedEvent event) {
			this.watcher.process((event.getType() == Event.EventType.None) ? event
					: new WatchedEvent(event.getType(), event.getState(), event.getPath()));
		}

	}

}
