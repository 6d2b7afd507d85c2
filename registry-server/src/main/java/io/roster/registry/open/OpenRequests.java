package io.roster.registry.open;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The requests that would stay open while the server stops: they are answered before the
 * web server begins to wait for the end of all requests, so that a stop takes no longer
 * than the ordinary ones.
 */
@Component
public class OpenRequests implements SmartLifecycle {

	private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

	private volatile boolean stopping;

	/**
	 * Remembers a request.
	 * @param finish answers it early; called at once if the server is stopping
	 * @return forgets it again, to be called when it has been answered
	 */
	public Runnable add(Runnable finish) {
		// Another object for each request, whatever it is made of.
		Runnable entry = () -> finish.run();
		this.open.add(entry);
		if (this.stopping) {
			finish.run();
		}
		return () -> this.open.remove(entry);
	}

	@Override
	public void start() {
		this.stopping = false;
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.open.forEach(Runnable::run);
	}

	/**
	 * From the beginning, because the web server starts before the higher phases do.
	 */
	@Override
	public boolean isRunning() {
		return !this.stopping;
	}

	/**
	 * Above the phase of the web server's graceful shutdown: higher phases stop first.
	 */
	@Override
	public int getPhase() {
		return SmartLifecycle.DEFAULT_PHASE - 512;
	}

}
