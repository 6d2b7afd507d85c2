package io.roster.acceptance;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;

/**
 * Clients that ask one address again and again until they are closed, each as soon as it
 * has its answer.
 */
public final class Load implements AutoCloseable {

	private static final int MOST_REQUESTS = 200_000;

	private final ExecutorService clients;

	private final AtomicInteger answers = new AtomicInteger();

	private final List<Http.Answer> failures = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	private Load(int clients) {
		this.clients = Executors.newFixedThreadPool(clients);
	}

	/**
	 * Starts asking.
	 * @param uri the address
	 * @param clients how many at a time
	 * @return the load
	 */
	public static Load on(URI uri, int clients) {
		Load load = new Load(clients);
		for (int i = 0; i < clients; i++) {
			load.clients.execute(() -> load.run(uri));
		}
		return load;
	}

	private void run(URI uri) {
		for (int i = 0; i < MOST_REQUESTS && !this.closed; i++) {
			Http.Answer answer = Http.get(uri);
			if (!answer.is(200)) {
				this.failures.add(answer);
			}
			this.answers.incrementAndGet();
		}
	}

	/**
	 * Waits for so many more answers.
	 * @param more how many
	 */
	public void awaitAnswers(int more) {
		int goal = this.answers.get() + more;
		Awaitility.await(more + " more answers").atMost(Duration.ofSeconds(60)).until(() -> this.answers.get() >= goal);
	}

	/**
	 * The answers that were not 200.
	 * @return all of them
	 */
	public List<Http.Answer> failures() {
		return this.failures;
	}

	@Override
	public void close() {
		this.closed = true;
		this.clients.shutdown();
		boolean ended;
		try {
			ended = this.clients.awaitTermination(70, java.util.concurrent.TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
		if (!ended) {
			throw new IllegalStateException("the load did not end");
		}
	}

}
