package io.roster.discovery;

import java.time.Duration;
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
 * <p>
 * All methods are safe for use by many threads and none of them blocks.
 */
public final class Registration implements AutoCloseable {

	private final InstanceWriter writer;

	private final Reconciler reconciler;

	private final RegistrarThread thread;

	private final Duration patience;

	private InstanceData data;

	Registration(InstanceWriter writer, Reconciler reconciler, RegistrarThread thread, Duration patience,
			InstanceData data) {
		this.writer = writer;
		this.reconciler = reconciler;
		this.thread = thread;
		this.patience = patience;
		this.data = data;
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
		return this.reconciler.registered().copy();
	}

	/**
	 * The id that the instance has now, as far as is known: while the ensemble is away it
	 * is the last one.
	 * @return the id; empty before the first registration, between two, and after the end
	 */
	public Optional<String> registeredAs() {
		return this.reconciler.id();
	}

	boolean ended() {
		return this.reconciler.done().isDone();
	}

	/**
	 * Follows the id. A listener that comes late is told the current one first.
	 * @param listener called on the registrar's thread, with nothing while the instance
	 * is not registered; it must not block
	 * @return ends the subscription when it is closed
	 */
	public Subscription onChange(Consumer<Optional<String>> listener) {
		this.thread.run(() -> this.reconciler.addListener(listener));
		return () -> this.thread.run(() -> this.reconciler.removeListener(listener));
	}

	/**
	 * What the instance is to say about itself.
	 * @return the data as desired, which need not have been written yet
	 */
	public synchronized InstanceData data() {
		return this.data;
	}

	/**
	 * Changes the status, in place.
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
		byte[] bytes = this.writer.write(desired);
		this.data = desired;
		CompletableFuture<Void> written = new CompletableFuture<>();
		this.thread.run(() -> this.reconciler.desire(bytes, written));
		return written.applyToEither(this.reconciler.ended(), Function.identity());
	}

	/**
	 * Ends the registration: deletes the own node. Calling it again changes nothing and
	 * answers alike.
	 * @return completes when the ensemble has confirmed that the node is gone;
	 * exceptionally, with a {@link TimeoutException}, when it has not done so in three
	 * seconds. The node is then deleted as soon as the connection is back, and with the
	 * end of its session at the latest
	 */
	public CompletableFuture<Void> deregister() {
		CompletableFuture<Void> answer = this.reconciler.done().copy();
		if (!answer.isDone()) {
			this.thread.run(this.reconciler::close);
			this.thread.runAfter(this.patience,
					() -> answer.completeExceptionally(new TimeoutException("the ensemble has not confirmed within "
							+ this.patience + " that the instance of " + service() + " is deregistered")));
		}
		return answer;
	}

	/**
	 * Deregisters without waiting for the answer.
	 */
	@Override
	public void close() {
		this.thread.run(this.reconciler::close);
	}

}
