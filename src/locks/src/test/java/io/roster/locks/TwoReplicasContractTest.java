package io.roster.locks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract, kept by two replicas that take turns, each connected to another member of
 * an ensemble.
 */
class TwoReplicasContractTest extends LockContract {

	private static final List<Coordination> coordinations = new ArrayList<>();

	private static final List<LockQueues> replicas = new ArrayList<>();

	private static LocalEnsemble ensemble;

	private final AtomicInteger calls = new AtomicInteger();

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(3);
		for (int member : ensemble.followerIds()) {
			Coordination coordination = Coordination.connect(ensemble.connectString(member), Duration.ofSeconds(10));
			coordinations.add(coordination);
			LockQueues queues = LockQueues.over(coordination, LockOptions.defaults().withRoot("/root/lock"));
			replicas.add(queues);
			queues.started().get(20, TimeUnit.SECONDS);
		}
	}

	@AfterAll
	static void stop() {
		replicas.forEach(LockQueues::close);
		coordinations.forEach(Coordination::close);
		ensemble.close();
	}

	@Override
	protected Locks locks() {
		return Locks.of(replicas.get(this.calls.getAndIncrement() % replicas.size()));
	}

}
