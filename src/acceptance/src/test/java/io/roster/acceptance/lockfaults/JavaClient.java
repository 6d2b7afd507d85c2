package io.roster.acceptance.lockfaults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.roster.acceptance.lockfaults.Event.Outcome;
import io.roster.locks.Mode;
import io.roster.locks.client.AcquireOptions;
import io.roster.locks.client.HeldLock;
import io.roster.locks.client.LeaseLostException;
import io.roster.locks.client.LockClient;
import io.roster.locks.client.LockException;
import io.roster.locks.client.LockUnavailableException;

/**
 * A Java application with the product's own client.
 */
final class JavaClient extends Client implements AutoCloseable {

	private final LockClient locks;

	JavaClient(String name, long seed, List<URI> replicas, History history, AtomicBoolean over,
			GuardedResources resources) {
		super(name, seed, history, over, resources);
		this.locks = LockClient.builder().urls(replicas).owner(name).build();
	}

	@Override
	void acquire(Wanted wanted) {
		AcquireOptions options = AcquireOptions.defaults()
			.withTtl(wanted.ttl())
			.withMaxWait(wanted.patience())
			.withMode(wanted.aim().shared() ? Mode.SHARED : Mode.EXCLUSIVE)
			.withMetadata(wanted.metadata());
		// The background's renewals would go on while the client is paused.
		AcquireOptions chosen = wanted.paused() ? options.withoutRenewal() : options;
		try {
			Optional<HeldLock> granted = wanted.aim().isMultiple()
					? this.locks.tryAcquireAll(wanted.aim().locks(), chosen)
					: this.locks.tryAcquire(wanted.aim().locks().get(0), chosen);
			if (granted.isPresent()) {
				hold(wanted, granted.get());
			}
			else {
				ended(wanted, Outcome.NOT_FREE, "");
			}
		}
		catch (LeaseLostException | LockUnavailableException ex) {
			ended(wanted, Outcome.FAILED, String.valueOf(ex.getMessage()));
		}
		catch (LockException ex) {
			ended(wanted, Outcome.UNEXPECTED, String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void hold(Wanted wanted, HeldLock held) {
		long now = System.nanoTime();
		long until = now + held.remaining().toNanos();
		add(new Event.Granted(wanted.acquisition(), held.lease(), held.fencingToken(), now, until));
		Holding holding = new HeldHere(wanted, held);
		work(wanted, holding);
		holding.isHeld();
		add(new Event.ReleaseSent(wanted.acquisition(), System.nanoTime()));
		held.close();
		add(new Event.ReleaseEnded(wanted.acquisition(), System.nanoTime()));
	}

	@Override
	public void close() {
		this.locks.close();
	}

	private final class HeldHere implements Holding {

		private final Wanted wanted;

		private final HeldLock held;

		HeldHere(Wanted wanted, HeldLock held) {
			this.wanted = wanted;
			this.held = held;
		}

		@Override
		public long token() {
			return this.held.fencingToken();
		}

		@Override
		public boolean isHeld() {
			long now = System.nanoTime();
			Duration remaining = this.held.remaining();
			if (remaining.isZero()) {
				return false;
			}
			add(new Event.Kept(this.wanted.acquisition(), now, now + remaining.toNanos()));
			return true;
		}

		@Override
		public void keep() {
			isHeld();
		}

	}

}
