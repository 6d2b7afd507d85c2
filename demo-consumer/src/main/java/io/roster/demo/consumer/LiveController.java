package io.roster.demo.consumer;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.ConnectionStatus;
import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.swagger.v3.oas.annotations.Operation;
import lombok.RequiredArgsConstructor;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells the page what happens, a few times per second. Each page has a thread of its own,
 * so that a slow one holds up nobody else. The streams end before the web server stops,
 * which waits for open requests.
 */
@RestController
@RequiredArgsConstructor
class LiveController implements SmartLifecycle {

	private static final Duration PERIOD = Duration.ofMillis(250);

	private static final int MAX_PAGES = 32;

	private final Directory directory;

	private final Coordination coordination;

	private final Tally tally;

	private final LoadGenerator load;

	private final AsyncTaskExecutor applicationTaskExecutor;

	private final Semaphore pages = new Semaphore(MAX_PAGES);

	private final CountDownLatch stopped = new CountDownLatch(1);

	@GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "Streams what the page shows, as server-sent events 'state'")
	SseEmitter live() {
		if (!this.pages.tryAcquire()) {
			throw new TooManyPagesException(MAX_PAGES);
		}
		SseEmitter page = new SseEmitter(0L);
		this.applicationTaskExecutor.execute(() -> feed(page));
		return page;
	}

	private void feed(SseEmitter page) {
		try {
			do {
				page.send(SseEmitter.event().name("state").data(state(), MediaType.APPLICATION_JSON));
			}
			while (!this.stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
			page.complete();
		}
		catch (IOException | IllegalStateException ex) {
			// The page was closed.
			page.completeWithError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			page.complete();
		}
		finally {
			this.pages.release();
		}
	}

	private LiveState state() {
		ConnectionStatus connection = this.coordination.status();
		return new LiveState(ServersView.of(this.directory.instances(BikesvcClient.SERVICE)), this.tally.counts(),
				this.tally.failures(), this.load.perSecond(), connection.elections(), connection.epoch());
	}

	@Override
	public void start() {
	}

	@Override
	public void stop() {
		this.stopped.countDown();
	}

	@Override
	public boolean isRunning() {
		return this.stopped.getCount() > 0;
	}

}
