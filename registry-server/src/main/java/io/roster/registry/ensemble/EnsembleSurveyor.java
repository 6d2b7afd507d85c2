package io.roster.registry.ensemble;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.roster.ensemble.EnsembleStatus;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks the members, at most twice a second however many ask for the answer.
 */
@Component
class EnsembleSurveyor {

	private static final Duration BOUND = Duration.ofSeconds(2);

	private static final Duration FRESH = Duration.ofMillis(500);

	private final CuratorFramework client;

	private final LongSupplier ticker;

	private final Lock lock = new ReentrantLock();

	private @Nullable EnsembleStatus status;

	private long at;

	@Autowired
	EnsembleSurveyor(CuratorFramework client) {
		this(client, System::nanoTime);
	}

	EnsembleSurveyor(CuratorFramework client, LongSupplier ticker) {
		this.client = client;
		this.ticker = ticker;
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
				this.status = known;
				this.at = this.ticker.getAsLong();
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

}
