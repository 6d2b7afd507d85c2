package io.roster.locks;

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
import org.junit.jupiter.api.Nested;

/** The contract, kept in memory. */
class InMemoryContractTest {

	private static final InMemoryLocks locks = new InMemoryLocks();

	@AfterAll
	static void stop() {
		locks.close();
		locks.close();
	}

	private static Locks replica() {
		return locks;
	}

	@Nested
	class AsAMutex extends MutexContract {

		@Override
		protected Mutexes mutexes() {
			return new LeasedMutexes(InMemoryContractTest::replica);
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
