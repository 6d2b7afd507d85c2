package io.roster.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.roster.coordination.Subscription;

/**
 * One instance that a {@link Registrar} keeps registered. Its znode, and with it its id,
 * changes when the session is lost or somebody deletes the node; the registration stays.
 * A registrar of both layouts keeps a node in each of them; the id is that of the
 * sequential one, and what is said to be written, or gone, is so in both.
 * <p>
 * All methods are safe for use by many threads and none of them blocks.
 */
public final class Registration implements AutoCloseable {

	private final InstanceWriter writer;

	private final Desired desired;

	/** One for each layout; the first one's id is the registration's. */
	private final List<Reconciler> reconcilers;

	private final Identity identity;

	private final RegistrarThread thread;

	private final Duration patience;

	private volatile boolean closing;

	private InstanceData data;

	Registration(InstanceWriter writer, Desired desired, List<Reconciler> reconcilers, RegistrarThread thread,
			Duration patience) {
		this.writer = writer;
		this.desired = desired;
		this.reconcilers = List.copyOf(reconcilers);
		this.identity = this.reconcilers.get(0).identity();
		this.thread = thread;
		this.patience = patience;
		this.data = desired.effective();
	}

	/**
	 * The service that was registered.
	 * @return its name
	 */
	public String service() {
		return this.writer.service();
	}

	/**
	 * Completes with the first id, for example {@code bikesvc0000000010}, on the
	 * registrar's thread.
	 * @return a future that waits as long as the ensemble is away, and completes
	 * exceptionally only when the registration ends before
	 */
	public CompletableFuture<String> registered() {
		return this.identity.first().copy();
	}

	/**
	 * The id that the instance has now, as far as is known: while the ensemble is away it
	 * is the last one.
	 * @return the id; empty before the first registration, between two, and after the end
	 */
	public Optional<String> registeredAs() {
		return this.identity.current();
	}

	boolean keeps(String service, String instanceId) {
		return !this.closing && this.writer.service().equals(service)
				&& this.writer.registrationId().equals(instanceId);
	}

	boolean ended() {
		return done().isDone();
	}

	List<Reconciler> reconcilers() {
		return this.reconcilers;
	}

	CompletableFuture<Void> done() {
		return all(Reconciler::done);
	}

	private CompletableFuture<Void> all(Function<Reconciler, CompletableFuture<Void>> each) {
		return CompletableFuture.allOf(this.reconcilers.stream().map(each).toArray(CompletableFuture[]::new));
	}

	/**
	 * Follows the id. A listener that comes late is told the current one first.
	 * @param listener called on the registrar's thread, with nothing while the instance
	 * is not registered; it must not block
	 * @return ends the subscription when it is closed
	 */
	public Subscription onChange(Consumer<Optional<String>> listener) {
		this.thread.run(() -> this.identity.add(listener));
		return () -> this.thread.run(() -> this.identity.remove(listener));
	}

	/**
	 * What the instance is to say about itself.
	 * @return the data as desired, which need not have been written yet
	 */
	public synchronized InstanceData data() {
		return this.data;
	}

	/**
	 * What its nodes are to say: {@link #data()}, and above it what an operator, or any
	 * other program, has written into one of the nodes.
	 * <p>
	 * A status other than UP that somebody else has set there stays, whatever the
	 * application says of itself, and goes with the registration to its next node when
	 * the session is lost, until somebody sets UP; then the application's own status
	 * counts again (which need not be UP). Nothing but the application's own DRAINING
	 * stands above it. Entries of the metadata that somebody else has set or removed stay
	 * so too. The endpoint is the application's own.
	 * @return the data, as far as this process has seen what others wrote
	 */
	public InstanceData effective() {
		return this.desired.effective();
	}

	/**
	 * Changes the application's own status, in place. What an operator has set in the
	 * node stands above it, see {@link #effective()}.
	 * @param status the new status
	 * @return completes when the ensemble has it; later changes may have come on top by
	 * then
	 */
	public CompletableFuture<Void> status(InstanceStatus status) {
		return update((before) -> before.withStatus(status));
	}

	/**
	 * Replaces the metadata, in place.
	 * @param metadata all of the metadata
	 * @return as for {@link #status}
	 * @throws IllegalArgumentException if it is too large
	 */
	public CompletableFuture<Void> metadata(Map<String, String> metadata) {
		return update((before) -> before.withMetadata(metadata));
	}

	/**
	 * Changes what the instance says about itself, in place.
	 * @param change makes the new data of the data as desired
	 * @return as for {@link #status}; completes exceptionally when the registration ends
	 * before
	 * @throws IllegalArgumentException if the new data is too large
	 */
	public synchronized CompletableFuture<Void> update(UnaryOperator<InstanceData> change) {
		InstanceData desired = change.apply(this.data);
		this.writer.write(desired);
		this.data = desired;
		this.thread.run(() -> this.desired.own(desired));
		return all(this::written);
	}

	private CompletableFuture<Void> written(Reconciler each) {
		CompletableFuture<Void> written = new CompletableFuture<>();
		this.thread.run(() -> each.awaitWritten(written));
		return written.applyToEither(each.ended(), Function.identity());
	}

	/**
	 * Ends the registration: says DRAINING and deletes the own node, in one transaction.
	 * Calling it again changes nothing and answers alike.
	 * @return completes when the ensemble has confirmed that the node is gone;
	 * exceptionally, with a {@link TimeoutException}, when it has not done so in three
	 * seconds. The node is then deleted as soon as the connection is back, and with the
	 * end of its session at the latest
	 */
	public CompletableFuture<Void> deregister() {
		CompletableFuture<Void> answer = done();
		if (!answer.isDone()) {
			close();
			Runnable answered = this.thread.runAfter(this.patience,
					() -> answer.completeExceptionally(new TimeoutException("the ensemble has not confirmed within "
							+ this.patience + " that the instance of " + service() + " is deregistered")));
			CompletableFuture<Void> unused = answer.whenComplete((nothing, failure) -> answered.run());
		}
		return answer;
	}

	/**
	 * Deregisters without waiting for the answer.
	 */
	@Override
	public void close() {
		this.closing = true;
		this.thread.runHere(() -> this.reconcilers.forEach(Reconciler::close));
	}

}
