package io.roster.streams;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The events on their way to one reader. They are taken by any thread, which is never
 * kept waiting, and written by one of the writer's threads at a time.
 */
final class EventStream {

	private static final Logger log = LoggerFactory.getLogger(EventStream.class);

	private final SseEmitter emitter;

	private final Executor writer;

	/** How many may wait, besides those with which the stream begins. */
	private final int capacity;

	private final TooSlow tooSlow;

	private final Object lock = new Object();

	private final Queue<StreamEvent> waiting = new ArrayDeque<>();

	/** Also before it begins, when nothing may be written yet. */
	private boolean writing = true;

	/** How many waited when it began: as many as there are services, for example. */
	private int beginning = Integer.MAX_VALUE;

	/** No more events are taken; the stream ends with those that wait. */
	private boolean ending;

	EventStream(SseEmitter emitter, Executor writer, int capacity, TooSlow tooSlow) {
		this.emitter = emitter;
		this.writer = writer;
		this.capacity = capacity;
		this.tooSlow = tooSlow;
	}

	/**
	 * Writes from now on.
	 */
	void begin() {
		synchronized (this.lock) {
			this.beginning = this.waiting.size();
			this.writing = false;
			if (this.waiting.isEmpty() && !this.ending) {
				return;
			}
		}
		write();
	}

	/**
	 * Takes an event. If too many wait already, once it has begun, they are dropped, and
	 * the stream ends with a problem in their place.
	 * @param event the event
	 */
	void send(StreamEvent event) {
		synchronized (this.lock) {
			if (this.ending) {
				return;
			}
			if (this.waiting.size() - this.capacity < this.beginning) {
				this.waiting.add(event);
			}
			else {
				this.waiting.clear();
				this.waiting.add(new StreamEvent("overflow", null, this::overflow));
				this.ending = true;
			}
		}
		write();
	}

	/**
	 * Takes an event that is of no use behind others.
	 * @param event the event
	 */
	void sendIfIdle(StreamEvent event) {
		synchronized (this.lock) {
			if (this.ending || this.writing || !this.waiting.isEmpty()) {
				return;
			}
			this.waiting.add(event);
		}
		write();
	}

	/**
	 * Ends the stream after the events that wait. The reader may connect again.
	 */
	void end() {
		synchronized (this.lock) {
			if (this.ending) {
				return;
			}
			this.ending = true;
		}
		write();
	}

	/**
	 * Forgets what waits, because nobody reads it any more.
	 */
	void abandon() {
		synchronized (this.lock) {
			this.ending = true;
			this.waiting.clear();
		}
	}

	private ProblemDetail overflow() {
		return this.tooSlow.because("More than " + this.capacity + " events waited for it.");
	}

	private void write() {
		synchronized (this.lock) {
			if (this.writing) {
				return;
			}
			this.writing = true;
		}
		this.writer.execute(this::writeAll);
	}

	private void writeAll() {
		try {
			for (StreamEvent event = next(); event != null; event = next()) {
				SseEmitter.SseEventBuilder builder = SseEmitter.event().name(event.name());
				if (event.id() != null) {
					builder.id(event.id());
				}
				this.emitter.send(builder.data(event.data().get(), MediaType.APPLICATION_JSON));
			}
		}
		catch (IOException | IllegalStateException ex) {
			// The container completes the emitter, and with it this stream.
			log.debug("a reader is gone", ex);
			abandon();
		}
		catch (RuntimeException ex) {
			log.error("an event could not be made", ex);
			abandon();
			this.emitter.completeWithError(ex);
		}
	}

	private @Nullable StreamEvent next() {
		synchronized (this.lock) {
			StreamEvent event = this.waiting.poll();
			if (event != null) {
				return event;
			}
			this.writing = false;
			if (!this.ending) {
				return null;
			}
		}
		this.emitter.complete();
		return null;
	}

}
