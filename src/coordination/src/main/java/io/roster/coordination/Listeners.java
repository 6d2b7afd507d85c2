package io.roster.coordination;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one mirror. One that throws does not disturb the others. */
final class Listeners {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final List<Entry> entries = new CopyOnWriteArrayList<>();

	private final Queue<Entry> newcomers = new ConcurrentLinkedQueue<>();

	Subscription add(MirrorListener listener) {
		Entry entry = new Entry(listener);
		this.newcomers.add(entry);
		return () -> {
			entry.ended = true;
			this.newcomers.remove(entry);
			this.entries.remove(entry);
		};
	}

	void clear() {
		this.newcomers.clear();
		this.entries.clear();
	}

	boolean hasNewcomers() {
		return !this.newcomers.isEmpty();
	}

	/** Tells newcomers how things stand; from now on they hear what the others hear. */
	void welcome(List<MirrorEvent> soFar) {
		Entry entry = this.newcomers.poll();
		while (entry != null) {
			this.entries.add(entry);
			soFar.forEach(entry::tell);
			entry = this.newcomers.poll();
		}
	}

	void tell(MirrorEvent event) {
		this.entries.forEach((entry) -> entry.tell(event));
	}

	private static final class Entry {

		private final MirrorListener listener;

		private volatile boolean ended;

		Entry(MirrorListener listener) {
			this.listener = listener;
		}

		void tell(MirrorEvent event) {
			if (this.ended) {
				return;
			}
			try {
				this.listener.onEvent(event);
			}
			catch (RuntimeException | Error ex) {
				logger.error("The mirror's listener {} failed on {}", this.listener, event.getClass().getSimpleName(),
						ex);
			}
		}

	}

}
