package io.roster.locks;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this replica may grant at all: not where the ensemble's transactions have come
 * to the end of the fencing tokens. Confined to the replica's {@link Serial}, but for the
 * future.
 */
final class Start {

	private static final Logger log = LoggerFactory.getLogger(Start.class);

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private @Nullable IllegalStateException refusal;

	/** Completes when this replica is in sync for the first time. */
	CompletableFuture<Void> done() {
		return this.done;
	}

	/** Why nothing is granted, if so. */
	@Nullable IllegalStateException refusal() {
		return this.refusal;
	}

	/** This replica is in sync with an ensemble that stands there. */
	void at(long zxid) {
		if (FencingTokens.reaches(zxid)) {
			this.refusal = null;
			this.done.complete(null);
			return;
		}
		this.refusal = new IllegalStateException("the ensemble stands at zxid 0x" + Long.toHexString(zxid)
				+ ", and no fencing tokens can be made from 2^48 on (65,536 elections): start a new ensemble and raise "
				+ "the fencing epoch");
		log.error("No lock is granted: {}", this.refusal.getMessage());
		this.done.completeExceptionally(this.refusal);
	}

}
