package io.roster.discovery.spring;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.discovery.Directory;
import org.apache.curator.framework.CuratorFramework;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Lets a starting application see its first list of instances before it does anything, if
 * it can be had soon. Without an ensemble the application starts all the same.
 */
final class StartupWait implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(StartupWait.class);

	private final Directory directory;

	private final CuratorFramework client;

	private final Duration bound;

	private volatile boolean running;

	StartupWait(Directory directory, CuratorFramework client, Duration bound) {
		this.directory = directory;
		this.client = client;
		this.bound = bound;
	}

	@Override
	public void start() {
		this.running = true;
		try {
			this.directory.loaded().get(this.bound.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn(
					"No ZooKeeper ensemble answers at {} (spring.cloud.zookeeper.connect-string). The application starts "
							+ "without it and goes on trying: it is not registered and finds no services until one does.",
					this.client.getZookeeperClient().getCurrentConnectionString());
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The directory was closed while the application started", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the first list of instances", ex);
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Before the web server and everything else that may call a service.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
