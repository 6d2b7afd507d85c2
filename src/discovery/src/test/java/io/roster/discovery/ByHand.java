package io.roster.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.ZKUtil;

/** What somebody does to the ensemble with its shell. */
final class ByHand {

	private ByHand() {
	}

	/**
	 * Deletes a tree in one transaction, because node by node is a race against those
	 * that come back, which need not end.
	 */
	static void deleteAll(CuratorFramework client, String path) throws Exception {
		List<String> tree = new ArrayList<>(ZKUtil.listSubTreeBFS(client.getZookeeperClient().getZooKeeper(), path));
		Collections.reverse(tree);
		List<CuratorOp> deletions = new ArrayList<>();
		for (String each : tree) {
			deletions.add(client.transactionOp().delete().forPath(each));
		}
		client.transaction().forOperations(deletions);
	}

}
