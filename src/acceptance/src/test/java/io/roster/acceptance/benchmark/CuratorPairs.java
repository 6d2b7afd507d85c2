package io.roster.acceptance.benchmark;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;

/**
 * Clients that take Curator's {@code InterProcessMutex}, all over one session.
 *
 * @param client the connection
 */
record CuratorPairs(CuratorFramework client) {

	LockLoad.Pair pair(String lock) {
		InterProcessMutex mutex = new InterProcessMutex(this.client, "/curator/" + lock);
		return new LockLoad.Pair() {

			@Override
			public void acquireAndRelease() throws Exception {
				mutex.acquire();
				mutex.release();
			}

			@Override
			public void close() {
				// the session is all clients'
			}

		};
	}

}
