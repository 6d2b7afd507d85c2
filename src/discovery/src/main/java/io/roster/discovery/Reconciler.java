package io.roster.discovery;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one registration from what is there to what is desired, one call at a time. All
 * state is confined to the registrar's thread, unless it says otherwise.
 */
final class Reconciler {

	private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

	/** The mirror shows a created node when it has read its data: until then, trust. */
	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(1);

	private final Mirror mirror;

	private final RegistrarThread thread;

	private final Set<String> ownPaths;

	private final InstanceWriter writer;

	private final CallLine calls;

	private final Waiters waiters = new Waiters();

	private final Identity identity = new Identity();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Backoff refusals = new Backoff(ThreadLocalRandom.current());

	/** Lets somebody who deletes a whole tree, node by node, come to an end. */
	private final Backoff deletions = new Backoff(ThreadLocalRandom.current());

	/** Told each time that a lost node stands again. */
	private final Runnable again;

	private byte[] desired;

	private boolean written;

	private boolean closing;

	private boolean pausing;

	private @Nullable OwnNode own;

	/** The own node has just been created and need not be in the mirror yet. */
	private boolean young;

	Reconciler(Mirror mirror, RegistrarThread thread, Set<String> ownPaths, InstanceWriter writer, byte[] desired,
			Runnable again) {
		this.mirror = mirror;
		this.thread = thread;
		this.ownPaths = ownPaths;
		this.writer = writer;
		this.desired = desired;
		this.again = again;
		this.calls = new CallLine(thread, this::reconcile);
	}

	/** Of any thread. */
	CompletableFuture<Void> done() {
		return this.done;
	}

	/** Of any thread. Never completes but exceptionally, with the registration. */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	/** Of any thread. */
	CompletableFuture<String> registered() {
		return this.identity.first();
	}

	/** Of any thread. */
	Optional<String> id() {
		return this.identity.current();
	}

	void addListener(Consumer<Optional<String>> listener) {
		this.identity.add(listener);
	}

	void removeListener(Consumer<Optional<String>> listener) {
		this.identity.remove(listener);
	}

	void desire(byte[] data, CompletableFuture<Void> waiter) {
		this.desired = data;
		this.written = false;
		this.waiters.add(waiter);
		reconcile();
	}

	void close() {
		this.closing = true;
		this.pausing = false;
		reconcile();
	}

	/** The mirror has been read again: what happened to a lost call can be seen now. */
	void synced() {
		ZooKeeper handle = this.mirror.handle();
		if (handle == null) {
			// Lost again meanwhile: the next one tells.
			return;
		}
		long session = handle.getSessionId();
		if (this.calls.settle(session) && this.own == null) {
			OwnNode.find(this.mirror, session, this.writer.registrationId()).ifPresent(this::adopt);
		}
		reconcile();
	}

	private void adopt(Node node) {
		if (node.stat() != null) {
			this.written = Arrays.equals(node.data(), this.desired);
			own(OwnNode.of(node.path(), node.stat()));
		}
	}

	void reconcile() {
		if (this.done.isDone()) {
			return;
		}
		ZooKeeper handle = this.mirror.handle();
		if (handle != null) {
			forgetOtherSessions(handle.getSessionId());
		}
		if (!this.calls.idle()) {
			return;
		}
		if (this.own == null && this.closing) {
			finish();
		}
		else if (handle != null && !this.pausing) {
			step(handle);
		}
	}

	private void forgetOtherSessions(long session) {
		this.calls.forgetOtherSessions(session);
		if (this.own != null && this.own.session() != session) {
			sessionLost();
		}
	}

	private void step(ZooKeeper handle) {
		OwnNode node = this.own;
		if (node == null) {
			create(handle);
			return;
		}
		Optional<Node> shown = this.mirror.snapshot().node(node.path());
		this.young &= shown.isEmpty();
		if (shown.isPresent() ? !node.is(shown.get()) : !this.young) {
			look(handle, node);
		}
		else if (this.closing) {
			this.calls.send(handle, (at, then) -> Calls.delete(at, node, then),
					(answer) -> afterDelete(handle, node, answer));
		}
		else if (!this.written) {
			write(handle, node);
		}
	}

	private void create(ZooKeeper handle) {
		byte[] data = this.desired;
		String prefix = this.mirror.root() + "/" + this.writer.service();
		this.calls.send(handle, (at, then) -> Calls.createInstance(at, prefix, data, then), (answer) -> {
			if (answer.code() == Code.OK && answer.path() != null && answer.stat() != null) {
				this.young = true;
				this.written = this.desired == data;
				own(OwnNode.of(answer.path(), answer.stat()));
				this.thread.runAfter(SHOWN_WITHIN, this::grownUp);
			}
			else if (answer.code() == Code.NONODE) {
				createRoot(handle);
			}
			else {
				retry("register", answer.code());
			}
		});
	}

	private void grownUp() {
		this.young = false;
		if (this.own != null) {
			this.deletions.reset();
		}
		reconcile();
	}

	private void createRoot(ZooKeeper handle) {
		this.calls.send(handle, (at, then) -> Calls.createRoot(at, this.mirror.root(), then), (answer) -> {
			if (answer.code() != Code.OK && answer.code() != Code.NODEEXISTS) {
				retry("create the root " + this.mirror.root() + " for", answer.code());
			}
		});
	}

	private void write(ZooKeeper handle, OwnNode node) {
		byte[] data = this.desired;
		this.calls.send(handle, (at, then) -> Calls.setData(at, node, data, then), (answer) -> {
			if (answer.code() == Code.OK && answer.stat() != null) {
				this.written = this.desired == data;
				own(OwnNode.of(node.path(), answer.stat()));
			}
			else {
				afterRefusal(handle, node, answer.code(), "update");
			}
		});
	}

	private void afterDelete(ZooKeeper handle, OwnNode node, Answer answer) {
		if (answer.code() == Code.OK || answer.code() == Code.NONODE) {
			forget();
		}
		else {
			afterRefusal(handle, node, answer.code(), "deregister");
		}
	}

	/** Somebody has changed or deleted the node: see which. */
	private void afterRefusal(ZooKeeper handle, OwnNode node, Code code, String what) {
		if (code == Code.BADVERSION || code == Code.NONODE) {
			look(handle, node);
		}
		else {
			retry(what, code);
		}
	}

	/** The mirror does not show the own node as it should be: ask. */
	private void look(ZooKeeper handle, OwnNode node) {
		this.calls.send(handle, (at, then) -> Calls.stat(at, node, then), (answer) -> {
			if (answer.stat() != null && node.is(answer.stat())) {
				this.young = true;
				own(OwnNode.of(node.path(), answer.stat()));
				if (this.mirror.snapshot().node(node.path()).filter((shown) -> !node.is(shown)).isPresent()) {
					pause(this.refusals.next());
				}
				this.thread.runAfter(SHOWN_WITHIN, this::grownUp);
			}
			else if (answer.code() == Code.OK || answer.code() == Code.NONODE) {
				deleted(node);
			}
			else {
				retry("look at " + node.path() + " of", answer.code());
			}
		});
	}

	private void own(OwnNode node) {
		this.own = node;
		this.refusals.reset();
		this.ownPaths.add(node.path());
		if (this.identity.changesTo(node.id())) {
			log.info("registered {} as {}", this.writer.service(), node.path());
			if (this.identity.first().isDone()) {
				this.again.run();
			}
		}
		this.identity.set(Optional.of(node.id()));
		if (this.written) {
			this.waiters.complete();
		}
	}

	private void sessionLost() {
		if (!this.closing) {
			log.warn("session lost: registering {} again", this.writer.service());
		}
		forget();
	}

	private void deleted(OwnNode node) {
		forget();
		if (this.closing) {
			return;
		}
		if (this.deletions.fresh()) {
			log.warn("somebody else deleted {}: registering {} again", node.path(), this.writer.service());
		}
		pause(this.deletions.next());
	}

	private void forget() {
		if (this.own != null) {
			this.ownPaths.remove(this.own.path());
		}
		this.own = null;
		this.young = false;
		this.identity.set(Optional.empty());
	}

	/** Says so once, and tries again until it works. */
	private void retry(String what, Code code) {
		if (this.refusals.fresh()) {
			log.warn("cannot {} {} below {}: the ensemble says {}; trying on", what, this.writer.service(),
					this.mirror.root(), code);
		}
		pause(this.refusals.next());
	}

	private void pause(Duration duration) {
		this.pausing = true;
		this.thread.runAfter(duration, () -> {
			this.pausing = false;
			reconcile();
		});
	}

	private void finish() {
		log.info("deregistered {}", this.writer.service());
		end();
		this.done.complete(null);
	}

	/** Of any thread, after the end of the registrar's. */
	void abandon() {
		end();
		this.done.completeExceptionally(new IllegalStateException("the registrar of " + this.writer.service()
				+ " was closed before the ensemble confirmed; the node goes with its session"));
	}

	private void end() {
		IllegalStateException cause = new IllegalStateException(
				"the registration of " + this.writer.service() + " has ended");
		this.ended.completeExceptionally(cause);
		this.identity.first().completeExceptionally(cause);
	}

}
