package io.roster.lockservice.api;

import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.locks.LockQueues;
import io.roster.locks.QueueEvent;
import io.roster.streams.StreamEvent;
import io.roster.streams.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells a requester what happens in one queue, or in all.
 *
 * @param queues the queues
 * @param lock the lock, {@code null} for all
 * @param lastEventId the revision that the reader has, if it has one
 * @param requester what is told conceals what this one may not see
 */
record QueueStream(LockQueues queues, @Nullable String lock, @Nullable String lastEventId,
		Requester requester) implements StreamSource {

	@Override
	public Subscription subscribe(Consumer<StreamEvent> events) {
		return this.queues.watch(this.lock, this.lastEventId, (event) -> events.accept(told(event)));
	}

	private StreamEvent told(QueueEvent event) {
		if (event instanceof QueueEvent.Snapshot snapshot) {
			return told("snapshot", event, this.requester.see(snapshot.view()));
		}
		if (event instanceof QueueEvent.AllLocks all) {
			return told("snapshot", event, all.locks());
		}
		if (event instanceof QueueEvent.Added added) {
			return told("added", event, this.requester.see(added.place()));
		}
		if (event instanceof QueueEvent.Updated updated) {
			return told("updated", event, this.requester.see(updated.place()));
		}
		return told("removed", event, this.requester.see(((QueueEvent.Removed) event).place()));
	}

	private static StreamEvent told(String name, QueueEvent event, Object data) {
		return new StreamEvent(name, event.revision(), () -> data);
	}

	@Override
	public StreamEvent heartbeat() {
		return new StreamEvent("heartbeat", null,
				() -> new Heartbeat(!this.queues.available(), this.queues.age().toMillis()));
	}

	/**
	 * That the stream is alive, and how old what it has told may be.
	 *
	 * @param stale whether this replica may be behind
	 * @param ageMs how long ago the ensemble was last heard of
	 */
	record Heartbeat(boolean stale, long ageMs) {
	}

}
