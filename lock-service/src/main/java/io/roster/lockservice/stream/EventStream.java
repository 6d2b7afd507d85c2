package io.roster.lockservice.stream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

import io.roster.lockservice.problem.Problem;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The events on their way to one reader. They are taken by any thread, which is never
 * kept waiting, and written by one of the writer's threads at a time.
 */
@Slf4j
@RequiredArgsConstructor
final class EventStream {

	private final SseEmitter emitter;

	private final Executor writer;

	private final int capacity;

	private final Object lock = new Object();

	private final Queue<StreamEvent> waiting = new ArrayDeque<>();

	/** Also before it begins, when nothing may be written yet. */
	private boolean writing = true;

	/** No more events are taken; the stream ends with those that wait. */
	private boolean ending;

	/** Writes from now on. */
	void begin() {
		synchronized (this.lock) {
			this.writing = false;
			if (this.waiting.isEmpty() && !this.ending) {
				return;
			}
		}
		write();
	}

	/**
	 * Takes an event. If too many wait already, they are dropped, and the stream ends
	 * with a problem in their place.
	 */
	void send(StreamEvent event) {
		synchronized (this.lock) {
			if (this.ending) {
				return;
			}
			if (this.waiting.size() >= this.capacity) {
				this.waiting.clear();
				this.waiting.add(new StreamEvent("overflow", null,
						Problem.READER_TOO_SLOW.because("More than " + this.capacity + " events waited for it.")));
				this.ending = true;
			}
			else {
				this.waiting.add(event);
			}
		}
		write();
	}

	/** Takes an event that is of no use behind others. */
	void sendIfIdle(StreamEvent event) {
		synchronized (this.lock) {
			if (this.ending || this.writing || !this.waiting.isEmpty()) {
				return;
			}
			this.waiting.add(event);
		}
		write();
	}

	/** Ends the stream after the events that wait. The reader may connect again. */
	void end() {
		synchronized (this.lock) {
			if (this.ending) {
				return;
			}
			this.ending = true;
		}
		write();
	}

	/** Forgets what waits, because nobody reads it any more. */
	void abandon() {
		synchronized (this.lock) {
			this.ending = true;
			this.waiting.clear();
		}
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
				this.emitter.send(builder.data(event.data(), MediaType.APPLICATION_JSON));
			}
		}
		catch (IOException | IllegalStateException ex) {
			// The container completes the emitter, and with it this stream.
			log.debug("A reader of a stream is gone", ex);
			abandon();
		}
		catch (RuntimeException ex) {
			log.error("An event of a stream could not be written", ex);
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
