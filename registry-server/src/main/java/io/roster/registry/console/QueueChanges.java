package io.roster.registry.console;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which queues have changed, as the lock service's stream tells it. What a place is, it
 * does not keep: the queues are read again.
 */
final class QueueChanges {

	private static final JsonMapper json = JsonMapper.builder().build();

	/** Begins to read the stream; the future ends with it, and ends it. */
	private final Function<Flow.Subscriber<String>, ? extends CompletableFuture<?>> open;

	private final Object lock = new Object();

	private final Set<String> changed = new HashSet<>();

	private @Nullable Lines lines;

	private @Nullable CompletableFuture<?> stream;

	private boolean closed;

	QueueChanges(Function<Flow.Subscriber<String>, ? extends CompletableFuture<?>> open) {
		this.open = open;
	}

	/**
	 * Sees to it that the stream is read.
	 * @return whether it is a new one, so that anything may have changed
	 */
	boolean follow() {
		synchronized (this.lock) {
			if (this.closed || (this.stream != null && !this.stream.isDone())) {
				return false;
			}
			this.lines = new Lines();
			this.stream = this.open.apply(this.lines);
			return true;
		}
	}

	/** The names of the queues that have changed since this was called last. */
	Set<String> take() {
		synchronized (this.lock) {
			Set<String> taken = Set.copyOf(this.changed);
			this.changed.clear();
			return taken;
		}
	}

	/**
	 * Blocks until something has changed, or for a time.
	 * @param most how long, in milliseconds
	 * @param least how long in any case, unless it is closed
	 */
	void await(long most, long least) throws InterruptedException {
		long start = System.nanoTime();
		synchronized (this.lock) {
			for (long left = most; left > 0
					&& !this.closed; left = left(start, this.changed.isEmpty() ? most : least)) {
				this.lock.wait(left);
			}
		}
	}

	private static long left(long start, long bound) {
		return bound - (System.nanoTime() - start) / 1_000_000;
	}

	boolean closed() {
		synchronized (this.lock) {
			return this.closed;
		}
	}

	void close() {
		CompletableFuture<?> ended;
		Lines last;
		synchronized (this.lock) {
			this.closed = true;
			ended = this.stream;
			last = this.lines;
			this.lock.notifyAll();
		}
		if (last != null) {
			last.cancel();
		}
		if (ended != null) {
			ended.cancel(true);
		}
	}

	/** Reads one stream. The name of an event is of no interest, only whose it is. */
	private final class Lines implements Flow.Subscriber<String> {

		private Flow.@Nullable Subscription subscription;

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			synchronized (QueueChanges.this.lock) {
				this.subscription = subscription;
			}
			subscription.request(Long.MAX_VALUE);
			if (closed()) {
				cancel();
			}
		}

		void cancel() {
			Flow.Subscription reading;
			synchronized (QueueChanges.this.lock) {
				reading = this.subscription;
			}
			if (reading != null) {
				reading.cancel();
			}
		}

		@Override
		public void onNext(String line) {
			if (line.startsWith("data:{\"lock\"")) {
				note(line.substring("data:".length()));
			}
		}

		private void note(String place) {
			try {
				JsonNode name = json.readTree(place).path("lock");
				synchronized (QueueChanges.this.lock) {
					QueueChanges.this.changed.add(name.asString());
					QueueChanges.this.lock.notifyAll();
				}
			}
			catch (JacksonException ex) {
				// What sends this is no lock service, and reading the queues says so.
				cancel();
			}
		}

		@Override
		public void onError(Throwable throwable) {
			// The future ends with it, and the stream is opened again.
		}

		@Override
		public void onComplete() {
			// As above.
		}

	}

}
