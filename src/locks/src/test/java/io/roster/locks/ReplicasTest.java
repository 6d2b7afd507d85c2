package io.roster.locks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two replicas on one member, each with its link and its clock, and a client of the
 * ensemble that sees it as it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReplicasTest {

	final String lock = "lock";

	LocalEnsemble ensemble;

	CuratorFramework raw;

	TestReplica a;

	TestReplica b;

	private Coordination rawCoordination;

	@BeforeAll
	void startEnsemble() throws Exception {
		this.ensemble = LocalEnsemble.start(1);
		this.rawCoordination = Coordination.connect(this.ensemble.connectString(), Duration.ofSeconds(20));
		this.raw = this.rawCoordination.client();
		this.raw.blockUntilConnected(20, TimeUnit.SECONDS);
	}

	@BeforeEach
	void startReplicas() throws Exception {
		this.a = TestReplica.start(this.ensemble);
		this.b = TestReplica.start(this.ensemble);
	}

	@AfterEach
	void stopReplicas() throws Exception {
		this.a.close();
		this.b.close();
		deleteLocks();
	}

	@AfterAll
	void stopEnsemble() {
		this.rawCoordination.close();
		this.ensemble.close();
	}

	void deleteLocks() throws Exception {
		try {
			this.raw.delete().deletingChildrenIfNeeded().forPath("/locks");
		}
		catch (KeeperException.NoNodeException ex) {
			// No test has made it.
		}
	}

	/** The nodes as the ensemble has them. */
	List<String> nodes() throws Exception {
		try {
			return this.raw.getChildren().forPath("/locks/" + this.lock);
		}
		catch (KeeperException.NoNodeException ex) {
			return List.of();
		}
	}

	List<String> nodesOf(UUID lease) throws Exception {
		return nodes().stream().filter((name) -> name.contains(lease.toString())).toList();
	}

	void awaitNodesOf(UUID id, int count) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(nodesOf(id)).hasSize(count));
	}

	/** Puts a node of somebody else into the queue. */
	String foreign(String prefix, CreateMode mode, String data) throws Exception {
		return this.raw.create()
			.creatingParentsIfNeeded()
			.withMode(mode)
			.forPath("/locks/" + this.lock + "/" + prefix, data.getBytes(StandardCharsets.UTF_8));
	}

	static long token(Lease lease) {
		return Long.parseLong(String.valueOf(lease.fencingToken()));
	}

}
