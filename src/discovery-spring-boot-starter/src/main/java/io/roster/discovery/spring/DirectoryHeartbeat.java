package io.roster.discovery.spring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes a {@link HeartbeatEvent} when any list of instances has changed, which is how
 * Spring Cloud Gateway, for example, learns of new services. Its listeners may block: the
 * event is published on a thread of its own, and changes that come in the meantime are
 * one event.
 */
final class DirectoryHeartbeat implements SmartLifecycle {

	private final Directory directory;

	private final ApplicationEventPublisher publisher;

	private final AtomicBoolean pending = new AtomicBoolean();

	private @Nullable ExecutorService thread;

	private @Nullable Subscription subscription;

	DirectoryHeartbeat(Directory directory, ApplicationEventPublisher publisher) {
		this.directory = directory;
		this.publisher = publisher;
	}

	@Override
	public void start() {
		ExecutorService executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				DirectoryHeartbeat::daemon, new ThreadPoolExecutor.DiscardPolicy());
		this.thread = executor;
		this.subscription = this.directory.subscribe((event) -> {
			if (this.pending.compareAndSet(false, true)) {
				executor.execute(this::publish);
			}
		});
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "roster-heartbeat");
		thread.setDaemon(true);
		return thread;
	}

	private void publish() {
		this.pending.set(false);
		this.publisher.publishEvent(new HeartbeatEvent(this, this.directory.services().revision()));
	}

	@Override
	public void stop() {
		if (this.subscription != null) {
			this.subscription.close();
			this.subscription = null;
		}
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

}
