package io.roster.discovery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import io.roster.discovery.Content.Written;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the node of a registration in one layout from what is there to what is desired,
 * one call at a time. All state is confined to the registrar's thread, unless it says
 * otherwise.
 */
final class Reconciler {

	private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

	/** The mirror shows a created node when it has read its data: until then, trust. */
	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(1);

	private final Place place;

	private final Mirror mirror;

	private final RegistrarThread thread;

	private final OwnPaths ownPaths;

	private final String service;

	private final CallLine calls;

	private final Waiters waiters = new Waiters();

	private final Identity identity;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Backoff refusals = new Backoff(ThreadLocalRandom.current());

	/** Lets somebody who deletes or garbles node by node come to an end. */
	private final Backoff disturbances = new Backoff(ThreadLocalRandom.current());

	private final Content content;

	private boolean closing;

	private boolean pausing;

	private @Nullable OwnNode own;

	/** The path of the own node while its changes are told here. */
	private @Nullable String followed;

	/** The own node has just been created and need not be in the mirror yet. */
	private boolean young;

	/** Cancels the look whether it is, a second later. */
	private Runnable growing = () -> {
	};

	/** The paths whose changes are told here are kept in {@code ownPaths}. */
	Reconciler(Place place, RegistrarThread thread, OwnPaths ownPaths, Content content, Identity identity) {
		this.place = place;
		this.mirror = place.mirror();
		this.thread = thread;
		this.ownPaths = ownPaths;
		this.service = place.writer().service();
		this.content = content;
		this.identity = identity;
		this.calls = new CallLine(thread, this::reconcile);
		if (place.path() != null) {
			ownPaths.add(place.path());
		}
	}

	/** Of any thread. */
	CompletableFuture<Void> done() {
		return this.done;
	}

	/** Of any thread. Never completes but exceptionally, with the registration. */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	/** Of any thread, as far as it says so. */
	Identity identity() {
		return this.identity;
	}

	/** Completes when the node says what is desired then. */
	void awaitWritten(CompletableFuture<Void> waiter) {
		this.waiters.add(waiter);
		reconcile();
	}

	void close() {
		this.closing = true;
		this.pausing = false;
		reconcile();
	}

	/** A node that this process cares for is gone: perhaps one that was in the way. */
	void deleted(String path) {
		if (this.own == null && path.equals(this.place.path())) {
			this.pausing = false;
		}
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
			this.place.find(session).ifPresent((node) -> own(this.content.found(node)));
		}
		reconcile();
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
			return;
		}
		OwnNode current = shown.map((each) -> this.content.heed(node, each)).orElse(node);
		this.own = current;
		if (this.closing) {
			// the answer tells that it is gone, so that its event need not
			unfollow();
			this.calls.send(handle, (at, then) -> Calls.delete(at, current, then),
					(answer) -> afterDelete(handle, current, answer));
		}
		else if (this.content.isWritten(current)) {
			this.waiters.complete();
		}
		else {
			write(handle, current);
		}
	}

	private void create(ZooKeeper handle) {
		Written data = this.content.next();
		this.calls.send(handle, (at, then) -> this.place.create(at, data.bytes(), then), (answer) -> {
			this.content.settled();
			if (answer.code() == Code.OK && answer.path() != null && answer.stat() != null) {
				own(OwnNode.created(answer.path(), answer.stat(), data.data()));
				trust();
			}
			else if (answer.code() == Code.NONODE) {
				createParents(handle);
			}
			else {
				// NODEEXISTS: the node of another session, whose end is waited for
				retry("register", answer.code());
			}
		});
	}

	private void trust() {
		this.young = true;
		this.growing.run();
		this.growing = this.thread.runAfter(SHOWN_WITHIN, this::grownUp);
	}

	private void grownUp() {
		this.young = false;
		if (this.own != null) {
			this.disturbances.reset();
		}
		reconcile();
	}

	private void createParents(ZooKeeper handle) {
		this.calls.send(handle, this.place::createParents, (answer) -> {
			if (answer.code() != Code.OK && answer.code() != Code.NODEEXISTS) {
				retry("create the parent to register", answer.code());
			}
		});
	}

	private void write(ZooKeeper handle, OwnNode node) {
		Written data = this.content.next();
		this.calls.send(handle, (at, then) -> Calls.setData(at, node, data.bytes(), then), (answer) -> {
			this.content.settled();
			if (answer.code() == Code.OK && answer.stat() != null) {
				own(node.at(answer.stat().getVersion(), data.data()));
				if (node.says() == null) {
					pause(this.disturbances.next());
				}
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
				stillOwn(node, answer.stat().getVersion());
			}
			else if (answer.code() == Code.OK || answer.code() == Code.NONODE) {
				deleted(node);
			}
			else {
				retry("look at " + node.path() + " of", answer.code());
			}
		});
	}

	/** A newer version is heeded when the mirror shows it, unless the node goes. */
	private void stillOwn(OwnNode node, int version) {
		own(this.closing ? node.at(version, null) : node);
		if (!this.mirror.snapshot().node(node.path()).filter((shown) -> node.isShown(shown, version)).isPresent()) {
			pause(this.refusals.next());
		}
		trust();
	}

	private void own(OwnNode node) {
		if (this.own == null) {
			this.ownPaths.add(node.path());
			this.followed = node.path();
		}
		this.own = node;
		this.refusals.reset();
		this.identity.stands(node);
	}

	private void sessionLost() {
		if (!this.closing) {
			log.warn("session lost: registering {} again {}", this.service, this.place);
		}
		forget();
	}

	private void deleted(OwnNode node) {
		forget();
		if (this.closing) {
			return;
		}
		if (this.disturbances.fresh()) {
			log.warn("somebody else deleted {}: registering {} again", node.path(), this.service);
		}
		pause(this.disturbances.next());
	}

	private void forget() {
		unfollow();
		this.own = null;
		this.young = false;
		this.growing.run();
		this.identity.gone();
	}

	private void unfollow() {
		if (this.followed != null) {
			this.ownPaths.remove(this.followed);
			this.followed = null;
		}
	}

	/** Says so once, and tries again until it works. */
	private void retry(String what, Code code) {
		if (this.refusals.fresh()) {
			log.warn("cannot {} {} {}: the ensemble says {}; trying on", what, this.service, this.place, code);
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
		log.info("deregistered {} {}", this.service, this.place);
		end();
		this.done.complete(null);
	}

	/** Of any thread, after the end of the registrar's. */
	void abandon() {
		end();
		this.done.completeExceptionally(new IllegalStateException("the registrar of " + this.service
				+ " was closed before the ensemble confirmed; the node goes with its session"));
	}

	private void end() {
		IllegalStateException cause = new IllegalStateException("the registration of " + this.service + " has ended");
		if (this.ended.completeExceptionally(cause) && this.place.path() != null) {
			this.ownPaths.remove(this.place.path());
		}
		this.identity.first().completeExceptionally(cause);
	}

}
