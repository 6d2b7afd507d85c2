package io.roster.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.roster.coordination.Subscription;

/**
 * The published index and who follows it. Each subscriber is told the lists as they are
 * when it comes, and then every change, none of them twice.
 */
final class Subscribers {

	private final Object lock = new Object();

	private final List<Subscriber> all = new CopyOnWriteArrayList<>();

	/** Makes what readers see of a service. */
	private final BiFunction<ServiceIndex, String, ServiceList> lists;

	/** Written under the lock, read by anybody. */
	private volatile ServiceIndex index = ServiceIndex.unread();

	Subscribers(BiFunction<ServiceIndex, String, ServiceList> lists) {
		this.lists = lists;
	}

	ServiceIndex index() {
		return this.index;
	}

	Subscription add(Subscriber subscriber) {
		synchronized (this.lock) {
			if (this.index.loaded()) {
				putSnapshots(subscriber, this.index);
			}
			this.all.add(subscriber);
		}
		subscriber.deliver();
		return () -> {
			subscriber.close();
			this.all.remove(subscriber);
		};
	}

	/** Publishes what the next {@link #deliver} will tell. */
	void put(ServiceIndex next, List<ServiceEvent> events) {
		synchronized (this.lock) {
			boolean first = !this.index.loaded();
			this.index = next;
			for (Subscriber each : this.all) {
				if (first) {
					putSnapshots(each, next);
				}
				else {
					events.forEach(each::put);
				}
			}
		}
	}

	private void putSnapshots(Subscriber subscriber, ServiceIndex now) {
		String one = subscriber.service();
		if (one != null) {
			subscriber.put(new ServiceEvent.Snapshot(this.lists.apply(now, one)));
		}
		else {
			now.services()
				.keySet()
				.forEach((each) -> subscriber.put(new ServiceEvent.Snapshot(this.lists.apply(now, each))));
		}
	}

	void deliver() {
		this.all.forEach(Subscriber::deliver);
	}

	void close() {
		this.all.forEach(Subscriber::close);
		this.all.clear();
	}

}
