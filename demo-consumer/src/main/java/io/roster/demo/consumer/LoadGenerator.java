package io.roster.demo.consumer;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.stereotype.Component;

/**
 * A small, steady load on bikesvc, so that there is something to be seen. A request that
 * finds too many others still waiting for their answers is left out.
 */
@Component
class LoadGenerator implements SmartLifecycle {

	static final int MAX_PER_SECOND = 100;

	private static final int MAX_IN_FLIGHT = 64;

	private final BikesvcClient bikesvc;

	private final AsyncTaskExecutor executor;

	private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);

	private @Nullable ScheduledExecutorService clock;

	private @Nullable Future<?> ticking;

	private int perSecond;

	LoadGenerator(BikesvcClient bikesvc, AsyncTaskExecutor applicationTaskExecutor) {
		this.bikesvc = bikesvc;
		this.executor = applicationTaskExecutor;
	}

	/** Requests per second, 0 for none. */
	synchronized int perSecond() {
		return this.perSecond;
	}

	/** Changes the rate; nothing happens while the application does not run. */
	synchronized void perSecond(int rate) {
		if (this.clock == null) {
			return;
		}
		if (this.ticking != null) {
			this.ticking.cancel(false);
			this.ticking = null;
		}
		if (rate > 0) {
			long periodMicros = TimeUnit.SECONDS.toMicros(1) / rate;
			this.ticking = this.clock.scheduleAtFixedRate(this::request, 0, periodMicros, TimeUnit.MICROSECONDS);
		}
		this.perSecond = rate;
	}

	private void request() {
		if (this.inFlight.tryAcquire()) {
			this.executor.execute(this::ride);
		}
	}

	private void ride() {
		try {
			this.bikesvc.bikes();
		}
		catch (NoRideException ex) {
			// The tally has it, and the page shows it.
		}
		finally {
			this.inFlight.release();
		}
	}

	@Override
	public synchronized void start() {
		this.clock = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread thread = new Thread(work, "load");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public synchronized void stop() {
		if (this.clock != null) {
			this.clock.shutdownNow();
			this.clock = null;
		}
		this.perSecond = 0;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.clock != null;
	}

}
