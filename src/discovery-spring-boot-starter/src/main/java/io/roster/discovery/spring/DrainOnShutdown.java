package io.roster.discovery.spring;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.roster.discovery.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The first step of a shutdown: the instances leave every list, and requests are answered
 * for a grace period more, so that no consumer sends one to a server that has stopped.
 * Then the web server shuts down gracefully.
 */
final class DrainOnShutdown implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(DrainOnShutdown.class);

	private final OwnInstances instances;

	private final Directory directory;

	private final Duration grace;

	private volatile boolean running;

	DrainOnShutdown(OwnInstances instances, Directory directory, Duration grace) {
		this.instances = instances;
		this.directory = directory;
		this.grace = grace;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/**
	 * Does not block, because others stop in the same phase. An ensemble that is away is
	 * not waited for: nobody would learn of it within the grace period.
	 */
	@Override
	public void stop(Runnable callback) {
		this.running = false;
		CompletableFuture<Boolean> left = this.instances.drain();
		if (!left.isDone() && this.directory.services().stale()) {
			logger.warn("Stops while the ensemble is away: consumers drop this instance when its session ends");
			callback.run();
			return;
		}
		CompletableFuture<Boolean> unused = left.whenComplete((any, failure) -> {
			if (failure != null) {
				logger.warn("Stops without having left the lists, because the ensemble has not confirmed it: "
						+ "consumers drop this instance when its session ends", failure);
			}
			after(Boolean.TRUE.equals(any) ? this.grace : Duration.ZERO).execute(callback);
		});
	}

	private static Executor after(Duration delay) {
		return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * The first to stop, and so before the web server, whose graceful shutdown is 1024
	 * lower. Boot bounds the phase by {@code spring.lifecycle.timeout-per-shutdown-phase}
	 * (30 s).
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

}
