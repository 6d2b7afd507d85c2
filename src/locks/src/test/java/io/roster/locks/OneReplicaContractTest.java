package io.roster.locks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.contract.DeadlockContract;
import io.roster.locks.contract.EndingContract;
import io.roster.locks.contract.LeaseContract;
import io.roster.locks.contract.LeasedMutexes;
import io.roster.locks.contract.LimitsContract;
import io.roster.locks.contract.MultiContract;
import io.roster.locks.contract.MutexContract;
import io.roster.locks.contract.Mutexes;
import io.roster.locks.contract.PrincipalContract;
import io.roster.locks.contract.ReadWriteContract;
import io.roster.locks.contract.SemaphoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, kept by one replica. */
class OneReplicaContractTest {

	private static LocalEnsemble ensemble;

	private static Coordination coordination;

	private static LockQueues queues;

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(30));
		queues = LockQueues.over(coordination, LockOptions.defaults());
		queues.started().get(20, TimeUnit.SECONDS);
	}

	@AfterAll
	static void stop() {
		queues.close();
		coordination.close();
		ensemble.close();
	}

	private static Locks replica() {
		return queues;
	}

	@Nested
	class AsAMutex extends MutexContract {

		@Override
		protected Mutexes mutexes() {
			return new LeasedMutexes(OneReplicaContractTest::replica);
		}

	}

	@Nested
	class AsLeases extends LeaseContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class AsAReadWriteLock extends ReadWriteContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class AsASemaphore extends SemaphoreContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class OfSeveralAtOnce extends MultiContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class UnderAnOperator extends EndingContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class OfPrincipals extends PrincipalContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class InDeadlocks extends DeadlockContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

	@Nested
	class WithLimits extends LimitsContract {

		@Override
		protected Locks locks() {
			return replica();
		}

	}

}
