package io.roster.coordination;

import java.time.Duration;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;

/** The client of a process that brings none. */
final class OwnClient {

	private OwnClient() {
	}

	/** Not started yet. */
	static CuratorFramework of(String connectString, Duration sessionTimeout, ZnodeAccess access) {
		CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
			.connectString(connectString)
			.sessionTimeoutMs(Math.toIntExact(sessionTimeout.toMillis()))
			.connectionTimeoutMs(Math.toIntExact(sessionTimeout.toMillis()))
			.retryPolicy(new BoundedExponentialBackoffRetry(100, 2_000, 10))
			// The members' own idea of their addresses need not be reachable from here.
			.ensembleTracker(false)
			.dontUseContainerParents();
		access.applyTo(builder);
		return builder.build();
	}

}
