package io.roster.discovery.spring;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Asks for the application's health again and again, and takes its instances out of
 * service while it is bad. Asked first when the application is ready: its instances are
 * registered with the answer.
 * <p>
 * The checks run on a daemon thread of their own. One that throws counts as DOWN, and so
 * does one that has not answered for two whole intervals, as a probe over HTTP would see
 * it. Intervals are counted, not time, so that a process that was suspended does not take
 * itself out when it goes on.
 */
final class HealthFollower implements SmartLifecycle, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private static final Logger logger = LoggerFactory.getLogger(HealthFollower.class);

	private static final Set<Status> BAD = Set.of(Status.DOWN, Status.OUT_OF_SERVICE);

	private static final int PATIENCE = 2;

	private final Supplier<Status> health;

	private final OwnInstances instances;

	private final Duration interval;

	private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(daemon("roster-health"));

	private final ExecutorService checks = Executors.newSingleThreadExecutor(daemon("roster-health-check"));

	private @Nullable Boolean healthy;

	private boolean checking;

	private boolean again;

	private int missed;

	private boolean following;

	private volatile boolean running;

	HealthFollower(Supplier<Status> health, OwnInstances instances, Duration interval) {
		this.health = health;
		this.instances = instances;
		this.interval = interval;
		instances.awaitHealth();
	}

	private static ThreadFactory daemon(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	/** What readiness says may stand in the health too, so ask at once. */
	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (!this.following && event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.following = true;
			// ends with its thread
			ScheduledFuture<?> unused = this.ticks.scheduleWithFixedDelay(this::tick, this.interval.toNanos(),
					this.interval.toNanos(), TimeUnit.NANOSECONDS);
		}
		if (this.following) {
			this.again = this.checking;
			check();
		}
	}

	private synchronized void tick() {
		if (this.checking && ++this.missed == PATIENCE) {
			report(false, "it has not been told for " + this.interval.multipliedBy(PATIENCE), null);
		}
		check();
	}

	private synchronized void check() {
		if (this.checking) {
			return;
		}
		this.checking = true;
		this.missed = 0;
		try {
			this.checks.execute(this::ask);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("No more checks: the application stops", ex);
		}
	}

	private void ask() {
		try {
			Status status = this.health.get();
			answered(!BAD.contains(status), "it is " + status, null);
		}
		catch (RuntimeException ex) {
			answered(false, "the check failed", ex);
		}
	}

	private synchronized void answered(boolean healthy, String why, @Nullable RuntimeException failure) {
		this.checking = false;
		report(healthy, why, failure);
		if (this.again) {
			this.again = false;
			check();
		}
	}

	private void report(boolean healthy, String why, @Nullable RuntimeException failure) {
		if (this.healthy == null || this.healthy != healthy) {
			if (!healthy) {
				logger.warn("Takes itself out of service, because of its health: {}", why, failure);
			}
			else if (this.healthy != null) {
				logger.info("Healthy again: {}", why);
			}
		}
		this.healthy = healthy;
		this.instances.healthy(healthy);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.ticks.shutdownNow();
		this.checks.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
