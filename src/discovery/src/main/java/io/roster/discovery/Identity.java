package io.roster.discovery;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The id of a registered instance, and who wants to know. Written on the registrar's
 * thread, read on any.
 */
final class Identity {

	private static final Logger log = LoggerFactory.getLogger(Identity.class);

	private final CompletableFuture<String> first = new CompletableFuture<>();

	private final List<Consumer<Optional<String>>> listeners = new CopyOnWriteArrayList<>();

	private final String service;

	/** Told each time that a lost node stands again. */
	private final Runnable again;

	private volatile Optional<String> current = Optional.empty();

	Identity(String service, Runnable again) {
		this.service = service;
		this.again = again;
	}

	CompletableFuture<String> first() {
		return this.first;
	}

	Optional<String> current() {
		return this.current;
	}

	void stands(OwnNode node) {
		if (this.current.filter(node.id()::equals).isEmpty()) {
			log.info("registered {} as {}", this.service, node.path());
			if (this.first.isDone()) {
				this.again.run();
			}
		}
		set(Optional.of(node.id()));
	}

	void gone() {
		set(Optional.empty());
	}

	private void set(Optional<String> id) {
		if (id.equals(this.current)) {
			return;
		}
		this.current = id;
		id.ifPresent(this.first::complete);
		this.listeners.forEach((listener) -> tell(listener, id));
	}

	void add(Consumer<Optional<String>> listener) {
		this.listeners.add(listener);
		tell(listener, this.current);
	}

	void remove(Consumer<Optional<String>> listener) {
		this.listeners.remove(listener);
	}

	private static void tell(Consumer<Optional<String>> listener, Optional<String> id) {
		try {
			listener.accept(id);
		}
		catch (RuntimeException ex) {
			log.error("a listener failed on the id {}", id, ex);
		}
	}

}
