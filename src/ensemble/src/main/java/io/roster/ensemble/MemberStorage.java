package io.roster.ensemble;

import java.nio.file.Path;

/**
 * Where a member keeps its data, and how much of it.
 * <p>
 * ZooKeeper itself never deletes an old snapshot or transaction log unless it is told to:
 * its {@code autopurge.purgeInterval} is 0, and a member that nobody tends fills its
 * disk. Here it purges every hour unless told otherwise.
 *
 * @param dataDir the snapshots, {@code myid} and, where they have no directory of their
 * own, the transaction logs
 * @param dataLogDir the transaction logs; a disk of its own makes writes faster; the
 * {@code dataDir} by default
 * @param snapRetainCount how many snapshots, with the logs after them, are kept; at least
 * 3, which is ZooKeeper's own minimum
 * @param purgeIntervalHours hours from one purge to the next; 0 switches it off
 */
public record MemberStorage(Path dataDir, Path dataLogDir, int snapRetainCount, int purgeIntervalHours) {

	static final int DEFAULT_SNAP_RETAIN_COUNT = 3;

	static final int DEFAULT_PURGE_INTERVAL_HOURS = 1;

	public MemberStorage {
		if (dataDir.toString().isBlank()) {
			throw new IllegalArgumentException("dataDir must name a directory, but is blank");
		}
		if (snapRetainCount < DEFAULT_SNAP_RETAIN_COUNT) {
			throw new IllegalArgumentException(
					"autopurge.snapRetainCount must be at least 3, but is " + snapRetainCount);
		}
		if (purgeIntervalHours < 0) {
			throw new IllegalArgumentException(
					"autopurge.purgeInterval must be 0 (off) or a number of hours, but is " + purgeIntervalHours);
		}
		dataDir = dataDir.toAbsolutePath().normalize();
		dataLogDir = dataLogDir.toAbsolutePath().normalize();
	}

	/**
	 * Everything in one directory, three snapshots kept, purged every hour.
	 * @param dataDir the directory; it is made when the member starts
	 * @return the storage
	 */
	public static MemberStorage in(Path dataDir) {
		return new MemberStorage(dataDir, dataDir, DEFAULT_SNAP_RETAIN_COUNT, DEFAULT_PURGE_INTERVAL_HOURS);
	}

}
