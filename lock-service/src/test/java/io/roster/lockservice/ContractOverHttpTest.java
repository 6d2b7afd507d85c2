package io.roster.lockservice;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.Locks;
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

/**
 * The contract, kept over HTTP by two replicas that take turns and ask for credentials.
 * What is asked for in nobody's name is an operator's.
 */
class ContractOverHttpTest {

	private static final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final List<ApiKey> keys = List.of(ApiKey.of(PrincipalContract.OWNER, "client"),
			ApiKey.of(PrincipalContract.STRANGER, "client"));

	private static final ApiKey operator = ApiKey.of("operator", "operator");

	private static final List<Replica> replicas = new ArrayList<>();

	private static final AtomicInteger calls = new AtomicInteger();

	private static LocalEnsemble ensemble;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		String[] properties = ApiKey.properties(keys.get(0), keys.get(1), operator);
		replicas.add(Replica.start(ensemble.connectString(), properties).awaitReady());
		replicas.add(Replica.start(ensemble.connectString(), properties).awaitReady());
	}

	@AfterAll
	static void stop() {
		replicas.forEach(Replica::close);
		ensemble.close();
	}

	private static Locks replica() {
		return new HttpLocks(replicas.get(calls.getAndIncrement() % replicas.size()).url(), http, keys, operator);
	}

	@Nested
	class AsAMutex extends MutexContract {

		@Override
		protected Mutexes mutexes() {
			return new LeasedMutexes(ContractOverHttpTest::replica);
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
