package io.roster.discovery;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * What the ensemble said to one call.
 *
 * @param code the result
 * @param path the path as created, for a create that succeeded
 * @param stat the node's stat, where the call answers with one
 */
record Answer(Code code, @Nullable String path, @Nullable Stat stat) {

	static Answer of(int code, @Nullable String path, @Nullable Stat stat) {
		return new Answer(Code.get(code), path, stat);
	}

	/**
	 * Whether the call may have been carried out or not: the connection went before the
	 * answer came.
	 * @return {@code true} if only a look after the next resync can tell
	 */
	boolean unsure() {
		return switch (this.code) {
			case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT, SYSTEMERROR -> true;
			default -> false;
		};
	}

}
