package io.roster.acceptance.lockfaults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.roster.acceptance.lockfaults.Event.Outcome;
import io.roster.acceptance.lockfaults.RestCalls.Answer;

/**
 * A program with nothing but HTTP, which keeps its deadline by itself. It asks any
 * replica at any time, now and then two at once, and may go away without a word.
 */
final class RestClient extends Client {

	/** How long it tries to be answered, beyond its wait. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final List<URI> replicas;

	RestClient(String name, long seed, List<URI> replicas, History history, AtomicBoolean over,
			GuardedResources resources) {
		super(name, seed, history, over, resources);
		this.replicas = replicas;
	}

	@Override
	void acquire(Wanted wanted) {
		Lease lease = new Lease(wanted, UUID.randomUUID());
		long began = System.nanoTime();
		while (true) {
			Duration passed = Duration.ofNanos(System.nanoTime() - began);
			Duration rest = wanted.patience().minus(passed);
			Duration half = wanted.ttl().dividedBy(2);
			Answer answer = lease.acquire(rest.isNegative() ? Duration.ZERO : (rest.compareTo(half) < 0) ? rest : half);
			if (answer.status() == 200) {
				granted(lease, answer);
				return;
			}
			if (answer.isHeldByOthers() || answer.status() == 410) {
				ended(wanted, answer.isHeldByOthers() ? Outcome.NOT_FREE : Outcome.FAILED, answer.body());
				return;
			}
			if (answer.status() == 202 ? rest.isNegative() : passed.compareTo(wanted.patience().plus(PATIENCE)) > 0) {
				add(new Event.ReleaseSent(wanted.acquisition(), System.nanoTime()));
				lease.release();
				ended(wanted, (answer.status() == 202) ? Outcome.NOT_FREE : Outcome.FAILED, answer.body());
				return;
			}
			if (!answer.isExpected()) {
				ended(wanted, Outcome.UNEXPECTED, answer.toString());
				return;
			}
			if (answer.status() != 202) {
				Pause.of(between(50, 300));
			}
		}
	}

	private void granted(Lease lease, Answer answer) {
		Wanted wanted = lease.wanted;
		lease.token = answer.token();
		lease.deadline = answer.vouched() ? lease.deadline(answer) : System.nanoTime();
		add(new Event.Granted(wanted.acquisition(), lease.id, lease.token, System.nanoTime(), lease.deadline));
		if (lease.isHeld()) {
			work(wanted, lease);
			lease.isHeld();
		}
		if (wanted.paused() && chance(30)) {
			// It never comes back, and its lease ends by its TTL.
			return;
		}
		add(new Event.ReleaseSent(wanted.acquisition(), System.nanoTime()));
		lease.release();
		add(new Event.ReleaseEnded(wanted.acquisition(), System.nanoTime()));
	}

	private final class Lease implements Holding {

		private final Wanted wanted;

		private final UUID id;

		private long token;

		private long deadline;

		private Lease(Wanted wanted, UUID id) {
			this.wanted = wanted;
			this.id = id;
		}

		private RestCalls calls() {
			return new RestCalls(RestClient.this.replicas.get(any(RestClient.this.replicas.size())), this.wanted,
					this.id);
		}

		private Answer acquire(Duration wait) {
			if (!wait.isZero() && chance(10)) {
				return acquireAtAll(wait);
			}
			return calls().acquire(name(), wait).join();
		}

		/** As a client does that gave up too early and asked the next one. */
		private Answer acquireAtAll(Duration wait) {
			List<CompletableFuture<Answer>> answers = RestClient.this.replicas.stream()
				.map((replica) -> new RestCalls(replica, this.wanted, this.id).acquire(name(), wait))
				.toList();
			List<Answer> all = answers.stream().map(CompletableFuture::join).toList();
			return all.stream().filter((answer) -> answer.status() == 200).findFirst().orElse(all.get(0));
		}

		private long deadline(Answer answer) {
			return answer.sentAt() + this.wanted.ttl().toNanos() / 100 * 99;
		}

		private void release() {
			for (int i = 0; i < 10 && calls().release().join().status() != 200; i++) {
				Pause.of(between(50, 300));
			}
		}

		@Override
		public long token() {
			return this.token;
		}

		@Override
		public boolean isHeld() {
			long now = System.nanoTime();
			boolean held = now - this.deadline < 0;
			if (held) {
				add(new Event.Kept(this.wanted.acquisition(), now, this.deadline));
			}
			return held;
		}

		@Override
		public void keep() {
			if (this.wanted.paused() || !chance(50)) {
				return;
			}
			Answer answer = calls().renew(this.token).join();
			if (answer.status() == 200 && isHeld()) {
				this.deadline = Math.max(this.deadline, deadline(answer));
				isHeld();
			}
			else if (answer.status() == 410) {
				this.deadline = System.nanoTime();
			}
		}

	}

}
