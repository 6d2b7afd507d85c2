package io.roster.locks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, kept by one replica. */
class OneReplicaContractTest extends LockContract {

	private static LocalEnsemble ensemble;

	private static Coordination coordination;

	private static LockQueues queues;

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10));
		queues = LockQueues.over(coordination, LockOptions.defaults());
		queues.started().get(20, TimeUnit.SECONDS);
	}

	@AfterAll
	static void stop() {
		queues.close();
		coordination.close();
		ensemble.close();
	}

	@Override
	protected Locks locks() {
		return Locks.of(queues);
	}

}
