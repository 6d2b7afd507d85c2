package io.roster.registry.ensemble;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.roster.coordination.Subscription;
import io.roster.ensemble.ElectionWatch;
import io.roster.ensemble.EnsembleStatus;
import io.roster.ensemble.SeenElection;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks the members, at most twice a second however many ask for the answer, and notices
 * elections.
 */
@Component
class EnsembleSurveyor {

	static final Duration BOUND = Duration.ofSeconds(2);

	private static final Duration FRESH = Duration.ofMillis(500);

	private final CuratorFramework client;

	private final LongSupplier ticker;

	private final Clock clock;

	private final Lock lock = new ReentrantLock();

	private final ElectionWatch elections = new ElectionWatch();

	private final List<Consumer<EnsembleStatus>> statusListeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<SeenElection>> electionListeners = new CopyOnWriteArrayList<>();

	private volatile @Nullable EnsembleStatus status;

	private long at;

	@Autowired
	EnsembleSurveyor(CuratorFramework client) {
		this(client, System::nanoTime, Clock.systemUTC());
	}

	EnsembleSurveyor(CuratorFramework client, LongSupplier ticker, Clock clock) {
		this.client = client;
		this.ticker = ticker;
		this.clock = clock;
	}

	/**
	 * Asks, unless it has just been asked. Blocks for some seconds at most.
	 * @return the status of the ensemble that this process is connected to
	 */
	EnsembleStatus status() {
		this.lock.lock();
		try {
			EnsembleStatus known = this.status;
			if (known == null || this.ticker.getAsLong() - this.at > FRESH.toNanos()) {
				known = EnsembleStatus.of(this.client.getZookeeperClient().getCurrentConnectionString(), BOUND);
				this.at = this.ticker.getAsLong();
				this.status = known;
				tell(known);
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What the last survey has brought, without asking anybody. */
	@Nullable EnsembleStatus known() {
		return this.status;
	}

	private void tell(EnsembleStatus status) {
		this.elections.observe(status, this.clock.instant())
			.ifPresent((election) -> this.electionListeners.forEach((listener) -> listener.accept(election)));
		this.statusListeners.forEach((listener) -> listener.accept(status));
	}

	/** Listeners are called on the thread that asks, while others wait for the answer. */
	Subscription onStatus(Consumer<EnsembleStatus> listener) {
		this.statusListeners.add(listener);
		return () -> this.statusListeners.remove(listener);
	}

	Subscription onElection(Consumer<SeenElection> listener) {
		this.electionListeners.add(listener);
		return () -> this.electionListeners.remove(listener);
	}

}
