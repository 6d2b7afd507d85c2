package io.roster.registry.console;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.roster.streams.StreamEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Follows the lock service for one reader: its stream says which queues have changed, and
 * these are read again, no more often than every {@value #PAUSE} ms.
 */
final class LocksWatch {

	private static final long PAUSE = 250;

	/** How often deadlocks are asked for, and whether the lock service is back. */
	private static final long ROUND = 1_000;

	/** Of how many queues in one round it is found out how long their first one waits. */
	private static final int QUEUES = 10;

	private final LockService lockService;

	private final @Nullable String authorization;

	private final Consumer<StreamEvent> events;

	private final Clock clock;

	private final QueueChanges changes;

	private final Map<String, LocksView.Queue> told = new HashMap<>();

	private final Set<String> unread = new HashSet<>();

	/** What was said last: that all is well, or what is wrong. */
	private @Nullable LocksView state;

	private @Nullable JsonNode deadlocks;

	LocksWatch(LockService lockService, @Nullable String authorization, Consumer<StreamEvent> events, Clock clock) {
		this.lockService = lockService;
		this.authorization = authorization;
		this.events = events;
		this.clock = clock;
		this.changes = new QueueChanges((lines) -> lockService.stream(lines, authorization));
	}

	/** Tells until it is closed. */
	void run() {
		try {
			while (!this.changes.closed()) {
				look();
				this.changes.await(this.unread.isEmpty() ? ROUND : PAUSE, PAUSE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.changes.close();
		}
	}

	void close() {
		this.changes.close();
	}

	private void look() {
		try {
			boolean all = this.changes.follow() || this.state == null || !this.state.available();
			Set<String> changed = this.changes.take();
			if (all || !changed.isEmpty() || !this.unread.isEmpty()) {
				tell(this.lockService.read("/locks", this.authorization), all, changed);
			}
			tellDeadlocks(this.lockService.read("/deadlocks", this.authorization));
		}
		catch (LockServiceException ex) {
			LocksView without = LocksView.without(ex);
			if (!without.equals(this.state)) {
				this.state = without;
				say("locks", without);
			}
			this.told.clear();
			this.unread.clear();
			this.deadlocks = null;
		}
	}

	private void tell(JsonNode list, boolean all, Set<String> changed) {
		Map<String, LocksView.Queue> now = new HashMap<>();
		list.path("locks").forEach((lock) -> {
			LocksView.Queue queue = queue(lock);
			LocksView.Queue before = this.told.get(queue.name());
			boolean same = before != null && before.holders() == queue.holders() && before.waiters() == queue.waiters();
			if (queue.holders() + queue.waiters() > 0) {
				now.put(queue.name(), same ? before : queue);
			}
			if (queue.waiters() > 0 && (all || !same || changed.contains(queue.name()))) {
				this.unread.add(queue.name());
			}
		});
		Set<String> news = new HashSet<>(changed);
		now.forEach((name, queue) -> {
			if (!queue.equals(this.told.get(name))) {
				news.add(name);
			}
		});
		this.told.keySet().stream().filter((name) -> !now.containsKey(name)).forEach(news::add);
		news.addAll(readFirstWaits(now));
		this.told.clear();
		this.told.putAll(now);
		if (all) {
			this.state = LocksView.of(List.of());
			say("locks", LocksView.of(List.copyOf(now.values())));
			return;
		}
		news.forEach((name) -> say("lock", now.getOrDefault(name, new LocksView.Queue(name, "MUTEX", 0, 0, null))));
	}

	private Set<String> readFirstWaits(Map<String, LocksView.Queue> now) {
		Set<String> read = new HashSet<>();
		this.unread.retainAll(now.keySet());
		for (Iterator<String> names = this.unread.iterator(); names.hasNext() && read.size() < QUEUES;) {
			String name = names.next();
			names.remove();
			JsonNode view = this.lockService.read("/locks/" + UriUtils.encode(name, UTF_8) + "?limit=1",
					this.authorization);
			JsonNode first = view.path("waiters").path(0);
			LocksView.Queue queue = now.get(name);
			if (queue != null && queue.waiters() > 0 && first.has("sinceMs")) {
				now.put(name, new LocksView.Queue(name, queue.kind(), queue.holders(), queue.waiters(),
						this.clock.millis() - first.path("sinceMs").asLong()));
				read.add(name);
			}
		}
		return read;
	}

	private void tellDeadlocks(JsonNode list) {
		// The revision changes with each queue.
		JsonNode now = list.path("deadlocks");
		if (!now.equals(this.deadlocks)) {
			this.deadlocks = now;
			say("deadlocks", list);
		}
	}

	private static LocksView.Queue queue(JsonNode lock) {
		return new LocksView.Queue(lock.path("name").asString(), lock.path("kind").asString(),
				lock.path("holders").asInt(), lock.path("waiters").asInt(), null);
	}

	private void say(String name, Object data) {
		if (!this.changes.closed()) {
			this.events.accept(new StreamEvent(name, null, () -> data));
		}
	}

}
