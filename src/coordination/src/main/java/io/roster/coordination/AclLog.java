package io.roster.coordination;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;

/** Says which ACLs were changed, and once of each what may not be. */
final class AclLog {

	/** Of more it is said only how many there are. */
	private static final int MOST_REFUSED = 1_000;

	private final Logger log;

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	AclLog(Logger log) {
		this.log = log;
	}

	void changed(String path, List<ACL> before, List<ACL> after) {
		this.log.info("The ACL of {} is now {}; it was {}", path, text(after), text(before));
		this.refused.remove(path);
	}

	void made(String path, List<ACL> acl) {
		this.log.info("{} was made, with the ACL {}", path, text(acl));
	}

	void refused(String path) {
		if (this.refused.size() < MOST_REFUSED && this.refused.add(path)) {
			this.log.warn("The ACL of {} cannot be read or changed: it is somebody's own whose user is not among this "
					+ "process's", path);
		}
	}

	void tooMany(String path, int children) {
		if (this.refused.add(path)) {
			this.log.warn("The ACLs of the {} children of {} are not looked at: their names may not fit into this "
					+ "client's jute.maxbuffer", children, path);
		}
	}

	/** Without the hashes of passwords. */
	private static String text(List<ACL> acl) {
		return acl.stream()
			.map((each) -> each.getId().getScheme() + ":" + each.getId().getId().replaceAll(":.*", "") + ":"
					+ ZKUtil.getPermString(each.getPerms()))
			.collect(Collectors.joining(", "));
	}

}
