package io.roster.registry.tree;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;
import org.apache.zookeeper.data.Stat;

/**
 * What ZooKeeper keeps about a znode.
 */
@Schema(name = "Stat", description = "What ZooKeeper keeps about a znode. 64-bit numbers are decimal strings.")
record StatView(@Schema(description = "The transaction that created it", example = "4294967311") String czxid,
		@Schema(description = "The transaction that wrote its data last", example = "4294967320") String mzxid,
		@Schema(description = "The transaction that made or deleted a child last", example = "4294967318") String pzxid,
		@Schema(description = "When it was created") Instant ctime,
		@Schema(description = "When its data was written last") Instant mtime,
		@Schema(description = "How often its data was written since") int version,
		@Schema(description = "How often a child was made or deleted") int cversion,
		@Schema(description = "How often its ACL was changed") int aversion,
		@Schema(description = "The session whose end deletes it; 0 for one that stays",
				example = "0") String ephemeralOwner,
		@Schema(description = "The length of its data in bytes") int dataLength,
		@Schema(description = "How many children it has") int numChildren) {

	static StatView of(Stat stat) {
		return new StatView(Long.toString(stat.getCzxid()), Long.toString(stat.getMzxid()),
				Long.toString(stat.getPzxid()), Instant.ofEpochMilli(stat.getCtime()),
				Instant.ofEpochMilli(stat.getMtime()), stat.getVersion(), stat.getCversion(), stat.getAversion(),
				Long.toString(stat.getEphemeralOwner()), stat.getDataLength(), stat.getNumChildren());
	}

}
