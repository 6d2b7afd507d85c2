package io.roster.discovery;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's instances, as the mirror of the discovery root shows them. Reading never
 * asks the ensemble and never blocks. Losing the ensemble empties nothing: the last good
 * lists stay, marked stale.
 * <p>
 * A change costs the same whether its service has ten instances or ten thousand. All
 * methods are safe for use by many threads.
 */
public final class Directory implements AutoCloseable {

	private final Mirror mirror;

	private final String prefix;

	private final Object lock = new Object();

	private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Void> loaded = new CompletableFuture<>();

	/** Written under the lock, read by anybody. */
	private volatile ServiceIndex index = ServiceIndex.unread();

	private @Nullable Subscription subscription;

	private Directory(Mirror mirror) {
		this.mirror = mirror;
		this.prefix = mirror.root().equals("/") ? "/" : mirror.root() + "/";
	}

	/**
	 * Reads the instances directly below the root of a mirror.
	 * @param mirror a mirror with data; closing the directory leaves it open
	 * @return the directory, which is empty until the mirror has been read
	 */
	public static Directory over(Mirror mirror) {
		Directory directory = new Directory(mirror);
		directory.subscription = mirror.subscribe(directory::onEvent);
		return directory;
	}

	/**
	 * Reads the instances directly below the root of a mirror, and what the options say.
	 * @param mirror a mirror with data; closing the directory leaves it open
	 * @param options what else is read, and how losses are doubted
	 * @return the directory, which is empty until the mirrors have been read
	 */
	public static Directory over(Mirror mirror, DirectoryOptions options) {
		return over(mirror);
	}

	/**
	 * Completes when the directory has been read for the first time, on the ensemble's
	 * event thread.
	 * @return a future that never completes while the ensemble is away
	 */
	public CompletableFuture<Void> loaded() {
		return this.loaded.copy();
	}

	/**
	 * The instances of a service. The list is made once per revision, not per call.
	 * @param service a service, known or not
	 * @return its last good list
	 */
	public ServiceList instances(String service) {
		return list(this.index, service);
	}

	/**
	 * All services that have instances.
	 * @return their names and sizes
	 */
	public ServiceCatalog services() {
		ServiceIndex now = this.index;
		List<ServiceCatalog.Entry> entries = now.services()
			.entrySet()
			.stream()
			.map((entry) -> new ServiceCatalog.Entry(entry.getKey(), entry.getValue().size()))
			.toList();
		return new ServiceCatalog(now.revisionText(), now.loaded(), this.mirror.stale(), this.mirror.age(), entries);
	}

	/**
	 * Follows one service. The first event is a {@link ServiceEvent.Snapshot}: at once,
	 * on this thread, or when the directory has been read.
	 * @param service a service, known or not
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribe(String service, ServiceListener listener) {
		return subscribe(new Subscriber(service, listener));
	}

	/**
	 * Follows all services. The first events are a {@link ServiceEvent.Snapshot} of each
	 * service that has instances; a service that comes later begins with
	 * {@link ServiceEvent.Added}.
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribe(ServiceListener listener) {
		return subscribe(new Subscriber(null, listener));
	}

	/**
	 * Is told when the lists become stale and when they are fresh again, and at once what
	 * they are now. Nobody needs to ask again and again.
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribeToStaleness(StalenessListener listener) {
		listener.onStaleness(this.mirror.stale());
		return this.mirror.subscribe((event) -> listener.onStaleness(this.mirror.stale()));
	}

	private Subscription subscribe(Subscriber subscriber) {
		synchronized (this.lock) {
			if (this.index.loaded()) {
				putSnapshots(subscriber, this.index);
			}
			this.subscribers.add(subscriber);
		}
		subscriber.deliver();
		return () -> {
			subscriber.close();
			this.subscribers.remove(subscriber);
		};
	}

	private void putSnapshots(Subscriber subscriber, ServiceIndex now) {
		String one = subscriber.service();
		if (one != null) {
			subscriber.put(new ServiceEvent.Snapshot(list(now, one)));
		}
		else {
			now.services().keySet().forEach((each) -> subscriber.put(new ServiceEvent.Snapshot(list(now, each))));
		}
	}

	private ServiceList list(ServiceIndex now, String service) {
		return new ServiceList(service, now.revisionText(service), now.loaded(), this.mirror.stale(), this.mirror.age(),
				now.service(service).instances());
	}

	private void onEvent(MirrorEvent event) {
		if (event instanceof MirrorEvent.Changed changed) {
			take(new IndexUpdate(this.index), (update) -> change(update, changed.change()));
		}
		else if (event instanceof MirrorEvent.Synced synced) {
			take(new IndexUpdate(this.index),
					(update) -> update.replaceAll(synced.snapshot().children(this.mirror.root())));
			this.loaded.complete(null);
		}
	}

	private void change(IndexUpdate update, NodeChange change) {
		if (change instanceof NodeChange.Created created && isMember(created.node())) {
			update.put(created.node());
		}
		else if (change instanceof NodeChange.Updated updated && isMember(updated.after())) {
			update.put(updated.after());
		}
		else if (change instanceof NodeChange.Deleted deleted && isMember(deleted.node())) {
			update.remove(deleted.node());
		}
	}

	private boolean isMember(Node node) {
		return node.path().length() > this.prefix.length() && node.path().startsWith(this.prefix)
				&& node.path().indexOf('/', this.prefix.length()) < 0;
	}

	/** Events come one at a time, so that only subscribing threads compete. */
	private void take(IndexUpdate update, Consumer<IndexUpdate> changes) {
		changes.accept(update);
		synchronized (this.lock) {
			boolean first = !this.index.loaded() && update.index().loaded();
			this.index = update.index();
			for (Subscriber each : this.subscribers) {
				if (first) {
					putSnapshots(each, this.index);
				}
				else {
					update.events().forEach(each::put);
				}
			}
		}
		this.subscribers.forEach(Subscriber::deliver);
	}

	/**
	 * Stops following the mirror; the last lists stay readable. Closing twice does
	 * nothing.
	 */
	@Override
	public void close() {
		Subscription open = this.subscription;
		if (open != null) {
			open.close();
		}
		this.subscribers.forEach(Subscriber::close);
		this.subscribers.clear();
	}

}
