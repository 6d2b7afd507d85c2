package io.roster.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's own instances registered: not a call that is made once, but a loop
 * that compares what is desired with what is there and mends the difference, after every
 * failure, reconnect, lost session and deletion by hand, until it is told to stop.
 * <p>
 * An instance is an ephemeral sequential znode below the root, which is made as a
 * persistent node when it is missing, and on request one more in the layout of Curator.
 * The registrar writes only to nodes of its own session and never deletes a healthy node
 * in order to create it again. What an operator writes into the own nodes is kept, see
 * {@link Registration#effective()}.
 * <p>
 * All methods are safe for use by many threads. The loop runs on one thread of its own;
 * while that rests, the thread that asks for a registration or for its end sends the
 * request itself.
 */
public final class Registrar implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Registrar.class);

	/** How long a deregistration waits for the ensemble. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	/** That of the sequential layout, then perhaps Curator's. */
	private final List<Mirror> mirrors;

	private final Clock clock;

	private final Duration patience;

	private final RegistrarThread thread = new RegistrarThread();

	private final List<Registration> registrations = new CopyOnWriteArrayList<>();

	private final LongAdder reregistrations = new LongAdder();

	private final OwnPaths ownPaths = new OwnPaths();

	private final List<Subscription> subscriptions;

	private boolean closed;

	Registrar(List<Mirror> mirrors, Clock clock, Duration patience) {
		this.mirrors = List.copyOf(mirrors);
		this.clock = clock;
		this.patience = patience;
		this.subscriptions = this.mirrors.stream().map((mirror) -> mirror.subscribe(this::onEvent)).toList();
	}

	/**
	 * Registers below the root of a mirror.
	 * @param mirror a mirror with data; one of the
	 * {@link io.roster.coordination.MirrorOptions#ownNodes() own nodes} is enough, and
	 * sees a heartbeat later what others do to them. Closing the registrar leaves it
	 * open, and closing it first leaves the own nodes to the end of their session
	 * @return the registrar
	 */
	public static Registrar over(Mirror mirror) {
		return new Registrar(List.of(mirror), Clock.systemUTC(), PATIENCE);
	}

	/**
	 * Registers each instance in both layouts, so that programs that know Curator's
	 * discovery alone find it too. The {@code id} in the data is the same in both nodes,
	 * and is the name of the second.
	 * @param sequential as for {@link #over(Mirror)}
	 * @param curator a mirror with data of the root of Curator's layout, for example
	 * {@code /services}
	 * @return the registrar
	 */
	public static Registrar over(Mirror sequential, Mirror curator) {
		return new Registrar(List.of(sequential, curator), Clock.systemUTC(), PATIENCE);
	}

	/**
	 * Registers an instance, and keeps it registered until the registration or this
	 * registrar is closed. Returns at once, whether the ensemble is there or not.
	 * @param service the name of the service, by the rule of
	 * {@link ServiceName#requireValid(String)}
	 * @param data what the instance says about itself
	 * @return the registration
	 * @throws IllegalArgumentException if the name is not valid or the data is too large
	 * @throws IllegalStateException if this registrar is closed
	 */
	public Registration register(String service, InstanceData data) {
		return register(service, data, RegistrationOptions.defaults());
	}

	/**
	 * The same with an id that is not made here. While an earlier process with the same
	 * id is not gone, its node in the layout of Curator, which would have the same name,
	 * is waited for.
	 * @param service the name of the service
	 * @param data what the instance says about itself
	 * @param options its id, and how its address is built
	 * @return the registration
	 * @throws IllegalArgumentException also if an instance of the service is registered
	 * here under this id
	 * @throws IllegalStateException if this registrar is closed
	 */
	public synchronized Registration register(String service, InstanceData data, RegistrationOptions options) {
		if (this.closed) {
			throw new IllegalStateException("this registrar is closed, so " + service + " cannot be registered");
		}
		ServiceName.requireValid(service);
		this.registrations.removeIf(Registration::ended);
		if (this.registrations.stream().anyMatch((each) -> each.keeps(service, options.instanceId()))) {
			throw new IllegalArgumentException("an instance of " + service + " with the id " + options.instanceId()
					+ " is registered here already: give each its own");
		}
		InstanceWriter writer = new InstanceWriter(service, options.instanceId(), this.clock.instant(),
				UriSpec.parse(options.uriSpec()));
		Desired desired = new Desired(writer, data);
		List<Reconciler> reconcilers = reconcilers(writer, desired);
		Registration registration = new Registration(writer, desired, reconcilers, this.thread, this.patience);
		this.registrations.add(registration);
		this.thread.runHere(() -> reconcilers.forEach(Reconciler::reconcile));
		return registration;
	}

	private List<Reconciler> reconcilers(InstanceWriter writer, Desired desired) {
		List<Reconciler> reconcilers = new ArrayList<>();
		reconcilers.add(reconciler(new Place.Sequential(this.mirrors.get(0), writer), desired,
				this.reregistrations::increment));
		if (this.mirrors.size() > 1) {
			reconcilers.add(reconciler(new Place.Curator(this.mirrors.get(1), writer), desired, () -> {
			}));
		}
		desired.follow(() -> this.thread.run(() -> reconcilers.forEach(Reconciler::reconcile)));
		return reconcilers;
	}

	private Reconciler reconciler(Place place, Desired desired, Runnable again) {
		InstanceWriter writer = place.writer();
		return new Reconciler(place, this.thread, this.ownPaths, new Content(writer, desired),
				new Identity(writer.service(), again));
	}

	/**
	 * Checks what an instance is to say, for those who register it only later. It must be
	 * small enough with any status.
	 * @param service the name of the service
	 * @param data what the instance will say about itself
	 * @param options its id, and how its address is built
	 * @throws IllegalArgumentException as {@link #register} would
	 */
	public void requireValid(String service, InstanceData data, RegistrationOptions options) {
		InstanceWriter writer = new InstanceWriter(ServiceName.requireValid(service), options.instanceId(),
				this.clock.instant(), UriSpec.parse(options.uriSpec()));
		byte[] unused = writer.write(data.withStatus(InstanceStatus.OUT_OF_SERVICE));
	}

	/**
	 * What is registered here.
	 * @return the registrations that have not ended, whether they stand in the ensemble
	 * or not
	 */
	public List<Registration> registrations() {
		return this.registrations.stream().filter((each) -> !each.ended()).toList();
	}

	/**
	 * How many instances stand in the ensemble, as far as is known: while it is away they
	 * are the last ones.
	 * @return a number from 0 on
	 */
	public int registered() {
		return Math.toIntExact(this.registrations.stream().filter((each) -> each.registeredAs().isPresent()).count());
	}

	/**
	 * How often an instance was registered again, after its session was lost or somebody
	 * else had deleted its node.
	 * @return a number that only grows
	 */
	public long reregistrations() {
		return this.reregistrations.sum();
	}

	private void onEvent(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced) {
			forEach(Reconciler::synced);
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			onChange(changed.change());
		}
	}

	private void onChange(NodeChange change) {
		if (change instanceof NodeChange.Deleted deleted) {
			String path = deleted.node().path();
			onOwn(path, (reconciler) -> reconciler.deleted(path));
		}
		else if (change instanceof NodeChange.Created created) {
			onOwn(created.node().path(), Reconciler::reconcile);
		}
		else if (change instanceof NodeChange.Updated updated) {
			onOwn(updated.after().path(), Reconciler::reconcile);
		}
	}

	private void onOwn(String path, Consumer<Reconciler> task) {
		if (this.ownPaths.contains(path)) {
			forEach(task);
		}
	}

	private void forEach(Consumer<Reconciler> task) {
		this.thread.run(() -> this.registrations.forEach((each) -> each.reconcilers().forEach(task)));
	}

	/**
	 * Deregisters all instances and stops. Blocks until the ensemble has confirmed it, or
	 * for three seconds, and not at all while the connection is lost; what is not
	 * confirmed by then is deleted with the end of its session. Closing twice does
	 * nothing.
	 */
	@Override
	public void close() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
		}
		List<Registration> open = registrations();
		forEach(Reconciler::close);
		if (!open.isEmpty()) {
			await(CompletableFuture.allOf(open.stream().map(Registration::done).toArray(CompletableFuture[]::new)));
		}
		this.subscriptions.forEach(Subscription::close);
		this.thread.close();
		open.forEach((each) -> each.reconcilers().forEach(Reconciler::abandon));
	}

	private void await(CompletableFuture<Void> all) {
		if (this.mirrors.stream().allMatch((mirror) -> mirror.handle() == null)) {
			log.warn("closed while the ensemble is away: what is registered goes with the session");
			return;
		}
		try {
			all.get(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			log.warn("the ensemble has not confirmed within {} that all instances are deregistered: {}", this.patience,
					"the rest goes with the session");
		}
		catch (ExecutionException ex) {
			log.warn("an instance could not be deregistered and goes with the session", ex.getCause());
		}
	}

}
