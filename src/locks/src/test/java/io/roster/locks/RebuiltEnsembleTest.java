package io.roster.locks;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.contract.Results;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An ensemble that comes back without its data knows no lease. */
class RebuiltEnsembleTest {

	private final UUID lease = UUID.randomUUID();

	@Test
	void leasesAreGoneAndWaitersBeginAnew() throws Exception {
		LockOptions options = LockOptions.defaults().withAnswerWithin(Duration.ofSeconds(30));
		try (LocalEnsemble ensemble = LocalEnsemble.start(1);
				TestReplica replica = TestReplica.start(ensemble, options, Duration.ofSeconds(3))) {
			for (int i = 0; i < 5; i++) {
				UUID id = UUID.randomUUID();
				replica.held("lock", id);
				replica.release("lock", id);
			}
			Lease held = replica.held("lock", this.lease);
			CompletableFuture<AcquireResult> waiter = replica.acquire("lock", UUID.randomUUID(), TestReplica.LONG);
			replica.awaitPlaces("lock", 2);
			ensemble.stop(1);
			replica.awaitUnavailable();
			ensemble.start(1, true);
			Results.held(TestReplica.get(waiter));
			assertThat(replica.renew("lock", this.lease, held.fencingToken())).isInstanceOf(RenewResult.Gone.class);
			assertThat(replica.places("lock")).isOne();
		}
	}

}
