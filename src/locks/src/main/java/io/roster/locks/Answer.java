package io.roster.locks;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * What came back from the ensemble.
 *
 * @param code ZooKeeper's result
 * @param path the path of the request, or of the created node
 * @param stat the node's stat, where the request has one and was done
 * @param data the node's data, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // read once
record Answer(Code code, String path, @Nullable Stat stat, byte @Nullable [] data) {

	boolean done() {
		return this.code == Code.OK;
	}

	boolean noNode() {
		return this.code == Code.NONODE;
	}

	boolean badVersion() {
		return this.code == Code.BADVERSION;
	}

	/** Whether nobody knows if it was done. */
	boolean lost() {
		return switch (this.code) {
			case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT -> true;
			default -> false;
		};
	}

	KeeperException failure() {
		return KeeperException.create(this.code, this.path);
	}

}
