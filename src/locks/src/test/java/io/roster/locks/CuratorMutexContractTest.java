package io.roster.locks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import io.roster.locks.contract.MutexContract;
import io.roster.locks.contract.Mutexes;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import static org.assertj.core.api.Assertions.assertThat;

/** Curator's own mutex keeps the contract, so that it says nothing peculiar to us. */
class CuratorMutexContractTest extends MutexContract {

	private static LocalEnsemble ensemble;

	private static Coordination coordination;

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		coordination = Coordination.connect(ensemble.connectString(), Duration.ofSeconds(20));
		assertThat(coordination.client().blockUntilConnected(20, TimeUnit.SECONDS)).isTrue();
	}

	@AfterAll
	static void stop() {
		coordination.close();
		ensemble.close();
	}

	@Override
	protected Mutexes mutexes() {
		return new CuratorMutexes(coordination.client());
	}

	/**
	 * Turns by {@link InterProcessMutex}.
	 *
	 * @param client its connection
	 */
	private record CuratorMutexes(CuratorFramework client) implements Mutexes {

		@Override
		public Turn queue(String lock) {
			return new CuratorTurn(new InterProcessMutex(this.client, "/locks/" + lock));
		}

		@Override
		public @Nullable Turn tryNow(String lock) throws Exception {
			InterProcessMutex mutex = new InterProcessMutex(this.client, "/locks/" + lock);
			// A free lock is had at once; the bound is for a slow machine.
			if (places(lock) > 0 && !mutex.acquire(0, TimeUnit.SECONDS)) {
				return null;
			}
			CuratorTurn turn = new CuratorTurn(mutex);
			turn.begun().get(60, TimeUnit.SECONDS);
			return turn;
		}

		@Override
		public int places(String lock) throws Exception {
			try {
				return this.client.getChildren().forPath("/locks/" + lock).size();
			}
			catch (KeeperException.NoNodeException ex) {
				return 0;
			}
		}

	}

}
