package io.roster.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's instances, as the mirrors of the discovery roots show them. Reading never
 * asks the ensemble and never blocks. Losing the ensemble empties nothing: the last good
 * lists stay, marked stale.
 * <p>
 * Both layouts are read into one list: {@code /servers/<service><sequence>}, and with the
 * {@link DirectoryOptions} Curator's {@code /services/<service>/<id>}. An application
 * that is registered in both, by the same id in its data, is listed once, by its
 * sequential node for as long as that stands; and so is one whose node of a lost session
 * still stands beside its new one.
 * <p>
 * <b>Mass loss is doubted.</b> When more than half of the routable instances of a service
 * (or the only one) are gone within five seconds, or within the minute after the ensemble
 * came back, without having said DRAINING before, they stay in the list as
 * {@link Instance#suspect() suspects} for the grace period: routable, and to be passed
 * over at the first refused connection. They leave at once when they come back under a
 * new name. An ensemble that lost its data, or a root that was deleted by hand, so
 * empties no list before the applications have had the time to register again.
 * <p>
 * With a snapshot file the directory starts with the lists that it had before: loaded,
 * and stale until the ensemble has been read.
 * <p>
 * A change costs the same whether its service has ten instances or ten thousand. All
 * methods are safe for use by many threads. One daemon thread of its own lets suspects go
 * and notices a silent ensemble.
 */
public final class Directory implements AutoCloseable {

	private final Object lock = new Object();

	private final List<Source> sources;

	private final Reading reading;

	private final Freshness freshness;

	private final Subscribers subscribers = new Subscribers(this::list);

	private final Staleness staleness;

	private final CompletableFuture<Void> loaded = new CompletableFuture<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final @Nullable SnapshotKeeper keeper;

	private final Ticks ticks = new Ticks("roster-directory");

	private volatile boolean complete;

	private Directory(List<Source> sources, Layouts layouts, DirectoryOptions options) {
		this.sources = sources;
		this.reading = new Reading(layouts, sources, options);
		this.keeper = (options.snapshotFile() != null) ? new SnapshotKeeper(
				new SnapshotFile(options.snapshotFile(), layouts), options.ticker(), Clock.systemUTC()) : null;
		SnapshotFile.Content remembered = (this.keeper != null) ? this.keeper.read() : null;
		Duration age = (remembered != null) ? remembered.age(Clock.systemUTC().instant()) : Duration.ofNanos(-1);
		this.freshness = new Freshness(sources, () -> this.complete, options.ticker(), age);
		this.staleness = new Staleness(this.freshness::stale);
		if (remembered != null) {
			publish(() -> this.reading.remember(remembered.members()));
		}
	}

	/**
	 * Reads the instances directly below the root of a mirror.
	 * @param mirror a mirror with data; closing the directory leaves it open
	 * @return the directory, which is empty until the mirror has been read
	 */
	public static Directory over(Mirror mirror) {
		return over(mirror, DirectoryOptions.defaults());
	}

	/**
	 * Reads the instances directly below the root of a mirror, and what the options say.
	 * Reads the snapshot file, if there is one, before it returns.
	 * @param mirror a mirror with data; closing the directory leaves it open
	 * @param options what else is read, and how losses are doubted
	 * @return the directory, which is empty until the mirrors have been read, or begins
	 * with what the file says
	 */
	public static Directory over(Mirror mirror, DirectoryOptions options) {
		Mirror curator = options.curator();
		boolean both = curator != null && curator.root().equals(mirror.root());
		List<Source> sources = new ArrayList<>();
		sources.add(new Source(mirror, both ? EnumSet.allOf(Layout.class) : EnumSet.of(Layout.SEQUENTIAL)));
		if (curator != null && !both) {
			sources.add(new Source(curator, EnumSet.of(Layout.CURATOR)));
		}
		Layouts layouts = new Layouts(mirror.root(), (curator != null) ? curator.root() : null);
		Directory directory = new Directory(List.copyOf(sources), layouts, options);
		directory.start(sources);
		return directory;
	}

	private void start(List<Source> sources) {
		sources
			.forEach((source) -> this.subscriptions.add(source.mirror().subscribe((event) -> onEvent(source, event))));
		this.ticks.start(this::tick);
	}

	/**
	 * Completes when the directory has been read for the first time, on the ensemble's
	 * event thread or on that of the directory. What a file says is not that.
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
		return list(this.subscribers.index(), service);
	}

	/**
	 * All services that have instances.
	 * @return their names and sizes
	 */
	public ServiceCatalog services() {
		ServiceIndex now = this.subscribers.index();
		List<ServiceCatalog.Entry> entries = now.services()
			.entrySet()
			.stream()
			.map((entry) -> new ServiceCatalog.Entry(entry.getKey(), entry.getValue().size()))
			.toList();
		return new ServiceCatalog(now.revisionText(), now.loaded(), this.freshness.stale(), this.freshness.age(),
				entries);
	}

	/**
	 * Follows one service. The first event is a {@link ServiceEvent.Snapshot}: at once,
	 * on this thread, or when the directory has been read.
	 * @param service a service, known or not
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribe(String service, ServiceListener listener) {
		return this.subscribers.add(new Subscriber(service, listener));
	}

	/**
	 * Follows all services. The first events are a {@link ServiceEvent.Snapshot} of each
	 * service that has instances; a service that comes later begins with
	 * {@link ServiceEvent.Added}.
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribe(ServiceListener listener) {
		return this.subscribers.add(new Subscriber(null, listener));
	}

	/**
	 * Is told when the lists become stale and when they are fresh again, and at once what
	 * they are now. Nobody needs to ask again and again.
	 * @param listener whom to tell
	 * @return ends the subscription when it is closed
	 */
	public Subscription subscribeToStaleness(StalenessListener listener) {
		return this.staleness.add(listener);
	}

	/**
	 * Why the ensemble does not let this process read the instances, if it does not. The
	 * last good lists stay, stale.
	 * @return a sentence for a person, without a password; {@code null} where nothing is
	 * refused
	 */
	public @Nullable String refusal() {
		return this.sources.stream()
			.map((source) -> source.mirror().refusal())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private ServiceList list(ServiceIndex now, String service) {
		return new ServiceList(service, now.revisionText(service), now.loaded(), this.freshness.stale(),
				this.freshness.age(), now.service(service).instances());
	}

	private void onEvent(Source source, MirrorEvent event) {
		publish(() -> this.reading.take(source, event));
		this.staleness.look();
	}

	private void tick() {
		publish(this.reading::tick);
		this.staleness.look();
		if (this.keeper != null && this.complete) {
			this.keeper.keep(this.subscribers.index(), this.freshness.age());
		}
	}

	/** Nothing is shown before there is something to show. */
	private void publish(Supplier<IndexUpdate> change) {
		synchronized (this.lock) {
			IndexUpdate update = change.get();
			this.complete = this.reading.complete();
			boolean news = !update.events().isEmpty() || !this.subscribers.index().loaded();
			if (news && update.index().loaded()) {
				this.subscribers.put(update.index(), update.events());
			}
		}
		this.subscribers.deliver();
		if (this.complete) {
			this.loaded.complete(null);
		}
	}

	/**
	 * Stops following the mirrors; the last lists stay readable. With a snapshot file it
	 * waits for the last lists to be written, for two seconds at most. Closing twice does
	 * nothing.
	 */
	@Override
	public void close() {
		this.ticks.close();
		this.subscriptions.forEach(Subscription::close);
		this.subscribers.close();
		this.staleness.close();
		if (this.keeper != null) {
			this.keeper.close();
		}
	}

}
