package io.roster.locks.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the replicas are asked once more: from 50 ms, doubled up to a
 * second and spread by half, or what the service asks for up to five seconds.
 */
final class Backoff {

	private static final long FIRST_MS = 50;

	private static final int DOUBLINGS = 5;

	private static final long LONGEST_MS = 1_000;

	private static final long LONGEST_ASKED_S = 5;

	private Backoff() {
	}

	static Duration afterRound(int round, @Nullable HttpResponse<?> refusal) {
		long ms = Math.min(LONGEST_MS, FIRST_MS << Math.min(round, DOUBLINGS));
		long spread = ThreadLocalRandom.current().nextLong(ms / 2, ms + 1);
		return Duration.ofMillis(spread + asked(refusal).toMillis());
	}

	private static Duration asked(@Nullable HttpResponse<?> refusal) {
		if (refusal == null) {
			return Duration.ZERO;
		}
		String seconds = refusal.headers().firstValue("Retry-After").orElse("");
		// The other form of the header, a date, would need a clock in common.
		return seconds.matches("\\d{1,4}") ? Duration.ofSeconds(Math.min(LONGEST_ASKED_S, Long.parseLong(seconds)))
				: Duration.ZERO;
	}

}
