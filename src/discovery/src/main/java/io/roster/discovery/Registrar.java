package io.roster.discovery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

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
 * persistent node when it is missing. The registrar writes only to nodes of its own
 * session and never deletes a healthy node in order to create it again.
 * <p>
 * All methods are safe for use by many threads. The loop runs on one thread of its own.
 */
public final class Registrar implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Registrar.class);

	/** How long a deregistration waits for the ensemble. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final Mirror mirror;

	private final Clock clock;

	private final Duration patience;

	private final RegistrarThread thread = new RegistrarThread();

	private final List<Reconciler> reconcilers = new CopyOnWriteArrayList<>();

	private final List<Registration> registrations = new CopyOnWriteArrayList<>();

	private final LongAdder reregistrations = new LongAdder();

	/** The paths of the own nodes, so that the events of all others cost nothing. */
	private final Set<String> ownPaths = ConcurrentHashMap.newKeySet();

	private final Subscription subscription;

	private boolean closed;

	Registrar(Mirror mirror, Clock clock, Duration patience) {
		this.mirror = mirror;
		this.clock = clock;
		this.patience = patience;
		this.subscription = mirror.subscribe(this::onEvent);
	}

	/**
	 * Registers below the root of a mirror.
	 * @param mirror a mirror with data; closing the registrar leaves it open, and closing
	 * it first leaves the own nodes to the end of their session
	 * @return the registrar
	 */
	public static Registrar over(Mirror mirror) {
		return new Registrar(mirror, Clock.systemUTC(), PATIENCE);
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
	public synchronized Registration register(String service, InstanceData data) {
		if (this.closed) {
			throw new IllegalStateException("this registrar is closed, so " + service + " cannot be registered");
		}
		ServiceName.requireValid(service);
		InstanceWriter writer = new InstanceWriter(service, UUID.randomUUID().toString(), this.clock.instant());
		byte[] bytes = writer.write(data);
		Reconciler reconciler = new Reconciler(this.mirror, this.thread, this.ownPaths, writer, bytes,
				this.reregistrations::increment);
		this.reconcilers.removeIf((each) -> each.done().isDone());
		this.reconcilers.add(reconciler);
		Registration registration = new Registration(writer, reconciler, this.thread, this.patience, data);
		this.registrations.removeIf(Registration::ended);
		this.registrations.add(registration);
		this.thread.run(reconciler::reconcile);
		return registration;
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
			this.thread.run(() -> this.reconcilers.forEach(Reconciler::synced));
		}
		else if (event instanceof MirrorEvent.Changed changed && isOwn(changed.change())) {
			this.thread.run(() -> this.reconcilers.forEach(Reconciler::reconcile));
		}
	}

	private boolean isOwn(NodeChange change) {
		if (change instanceof NodeChange.Deleted deleted) {
			return this.ownPaths.contains(deleted.node().path());
		}
		return change instanceof NodeChange.Created created && this.ownPaths.contains(created.node().path());
	}

	/**
	 * Deregisters all instances and stops. Blocks until the ensemble has confirmed it, or
	 * for three seconds; what is not confirmed by then is deleted with the end of its
	 * session. Closing twice does nothing.
	 */
	@Override
	public void close() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
		}
		List<Reconciler> open = List.copyOf(this.reconcilers);
		this.thread.run(() -> open.forEach(Reconciler::close));
		await(CompletableFuture.allOf(open.stream().map(Reconciler::done).toArray(CompletableFuture[]::new)));
		this.subscription.close();
		this.thread.close();
		open.forEach(Reconciler::abandon);
	}

	private void await(CompletableFuture<Void> all) {
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
