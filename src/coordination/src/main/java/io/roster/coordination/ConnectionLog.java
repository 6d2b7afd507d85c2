package io.roster.coordination;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.curator.framework.state.ConnectionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once when the ensemble is lost and once when it is back, and counts. */
final class ConnectionLog {

	private static final Logger logger = LoggerFactory.getLogger(Coordination.class);

	private final LongSupplier ticker;

	private final Supplier<String> ensemble;

	private boolean connected;

	private long since;

	private long reconnects;

	private long sessionsLost;

	ConnectionLog(LongSupplier ticker, Supplier<String> ensemble) {
		this.ensemble = ensemble;
		this.ticker = ticker;
		this.since = ticker.getAsLong();
	}

	synchronized void started(boolean connected) {
		this.connected = this.connected || connected;
	}

	synchronized ConnectionStatus status(Elections elections) {
		return new ConnectionStatus(this.connected, Duration.ofNanos(this.ticker.getAsLong() - this.since),
				this.reconnects, this.sessionsLost, elections.count(), elections.epoch());
	}

	synchronized void changed(ConnectionState state) {
		if (state == ConnectionState.LOST) {
			this.sessionsLost++;
		}
		if (state.isConnected() == this.connected) {
			return;
		}
		this.connected = state.isConnected();
		long now = this.ticker.getAsLong();
		if (!this.connected) {
			logger.warn("Ensemble lost ({})", this.ensemble.get());
		}
		else if (state == ConnectionState.CONNECTED) {
			logger.info("Connected to the ensemble ({})", this.ensemble.get());
		}
		else {
			this.reconnects++;
			logger.info("Ensemble back after {} s", TimeUnit.NANOSECONDS.toSeconds(now - this.since));
		}
		this.since = now;
	}

}
