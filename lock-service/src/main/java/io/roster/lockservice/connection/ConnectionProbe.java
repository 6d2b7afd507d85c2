package io.roster.lockservice.connection;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks the connections with waiting calls, once a second, whether their clients are still
 * there. A client whose machine has died, or that was cut off, closes nothing: its call
 * waits to its end.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class ConnectionProbe implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final ObjectProvider<WaitingConnections> waiting;

	private volatile @Nullable ProbedHttpProtocol protocol;

	private volatile @Nullable ScheduledExecutorService timer;

	private final AtomicLong rounds = new AtomicLong();

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(ProbedHttpProtocol.class.getName());
		factory.addConnectorCustomizers(this::follow);
	}

	private void follow(Connector connector) {
		if (connector.getProtocolHandler() instanceof ProbedHttpProtocol probed) {
			this.protocol = probed;
		}
	}

	/**
	 * Counts the looks at all connections.
	 * @return how often all have been looked at
	 */
	public long rounds() {
		return this.rounds.get();
	}

	private void look() {
		ProbedHttpProtocol probed = this.protocol;
		WaitingConnections calls = this.waiting.getObject();
		try {
			if (probed != null) {
				probed.connections()
					.stream()
					.map((connection) -> ProbedHttpProtocol.findClosed(connection, calls::waits))
					.filter((id) -> !id.isEmpty())
					.forEach(calls::left);
			}
			this.rounds.incrementAndGet();
		}
		catch (RuntimeException ex) {
			log.error("The connections with waiting calls could not be looked at", ex);
		}
	}

	@Override
	public void start() {
		ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "connection-probe");
			thread.setDaemon(true);
			return thread;
		});
		this.timer = started;
		ScheduledFuture<?> unused = started.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		ScheduledExecutorService stopped = this.timer;
		this.timer = null;
		if (stopped != null) {
			stopped.shutdownNow();
		}
	}

	@Override
	public boolean isRunning() {
		return this.timer != null;
	}

}
