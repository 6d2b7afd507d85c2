package io.roster.locks.spring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.roster.locks.client.LeaderElection;
import io.roster.locks.client.Leadership;
import io.roster.locks.client.LeadershipListener;
import io.roster.locks.client.LockClient;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Stands for what the properties name, from the end of the application's start to the
 * beginning of its stop, and publishes {@link LeadershipGranted} and
 * {@link LeadershipRevoked}.
 */
public final class LeaderElections implements SmartLifecycle {

	private final LockClient client;

	private final List<String> locks;

	private final Duration ttl;

	private final LeadershipListener listener;

	private volatile List<LeaderElection> running = List.of();

	LeaderElections(LockClient client, List<String> locks, Duration ttl, ApplicationEventPublisher events) {
		this.client = client;
		this.locks = List.copyOf(locks);
		this.ttl = ttl;
		this.listener = new Publishing(events);
	}

	/**
	 * Whether this application leads now, by its own deadline. Asks nobody.
	 * @param lock the name of what is led
	 * @return {@code false} also for a name that this application does not stand for
	 */
	public boolean isLeader(String lock) {
		return leadership(lock).isPresent();
	}

	/**
	 * The leadership of this application.
	 * @param lock the name of what is led
	 * @return nothing while another leads, or nobody
	 */
	public Optional<Leadership> leadership(String lock) {
		return this.running.stream()
			.filter((election) -> election.lock().equals(lock))
			.findFirst()
			.flatMap(LeaderElection::leadership);
	}

	/**
	 * What this application stands for.
	 * @return the names
	 */
	public List<String> locks() {
		return this.locks;
	}

	@Override
	public void start() {
		if (!isRunning()) {
			this.running = this.locks.stream()
				.map((lock) -> new LeaderElection(this.client, lock, this.ttl, this.listener))
				.toList();
			this.running.forEach(LeaderElection::start);
		}
	}

	@Override
	public void stop() {
		List<LeaderElection> elections = this.running;
		this.running = List.of();
		elections.forEach(LeaderElection::close);
	}

	@Override
	public boolean isRunning() {
		return !this.running.isEmpty();
	}

	/** The last to start and the first to stop. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private record Publishing(ApplicationEventPublisher events) implements LeadershipListener {

		@Override
		public void granted(Leadership leadership) {
			this.events.publishEvent(new LeadershipGranted(leadership));
		}

		@Override
		public void revoked(Leadership leadership) {
			this.events.publishEvent(new LeadershipRevoked(leadership));
		}

	}

}
