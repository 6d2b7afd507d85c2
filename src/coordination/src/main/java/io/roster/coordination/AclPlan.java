package io.roster.coordination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.common.PathUtils;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.jspecify.annotations.Nullable;

/**
 * Which ACLs the znodes of an ensemble are to have. Some are to have exactly those of the
 * plan. The others belong to whoever created them: what is open to the world gets the ACL
 * of the plan, what a service of Roster created what it would get now, and what an
 * application created is left to the users of all applications. Immutable.
 */
public final class AclPlan {

	/** All that stands below a root is to have exactly the ACL of the plan. */
	public static final int ALL = Integer.MAX_VALUE;

	private final ZnodeAccess access;

	private final List<Rule> rules;

	private AclPlan(ZnodeAccess access, List<Rule> rules) {
		this.access = access;
		this.rules = rules;
	}

	/**
	 * A plan without a rule, which leaves all znodes alone.
	 * @param access who this process is, and who else may do what
	 * @return the plan
	 */
	public static AclPlan of(ZnodeAccess access) {
		return new AclPlan(access, List.of());
	}

	/**
	 * Plans a root and all below it. The root is made where it is missing.
	 * @param root an absolute path
	 * @param grant what applications may do there
	 * @param exactDepth down to how many levels below the root the ACLs are to be exactly
	 * that; deeper ones belong to whoever created them
	 * @return a new plan
	 */
	public AclPlan withTree(String root, ZnodeGrant grant, int exactDepth) {
		PathUtils.validatePath(root);
		return with(new Rule(root, grant, exactDepth, true));
	}

	/**
	 * Plans one znode, if it is there, and nothing below it.
	 * @param path an absolute path
	 * @param grant what applications may do with it
	 * @return a new plan
	 */
	public AclPlan withNode(String path, ZnodeGrant grant) {
		PathUtils.validatePath(path);
		return with(new Rule(path, grant, 0, false));
	}

	/** Where nobody has credentials, everything stays as it is. */
	private AclPlan with(Rule rule) {
		if (!this.access.closed()) {
			return this;
		}
		List<Rule> more = new ArrayList<>(this.rules);
		more.add(rule);
		return new AclPlan(this.access, List.copyOf(more));
	}

	/** All planned roots and single znodes. */
	List<String> roots() {
		return this.rules.stream().map(Rule::root).distinct().toList();
	}

	boolean isTree(String path) {
		return this.rules.stream().anyMatch((rule) -> rule.tree() && rule.root().equals(path));
	}

	/** Whether what stands below is planned too. */
	boolean descends(String path) {
		Rule rule = rule(path);
		return rule != null && rule.tree();
	}

	/**
	 * The ACL that a znode is to get.
	 * @param path the znode
	 * @param now what it has
	 * @return the ACL; {@code null} if it can stay as it is
	 */
	@Nullable List<ACL> correction(String path, List<ACL> now) {
		Rule rule = rule(path);
		if (rule == null) {
			return null;
		}
		List<ACL> planned = this.access.acl(rule.grant());
		List<ACL> wanted = (rule.depth(path) <= rule.exactDepth()) ? planned : ofCreator(now, planned);
		return byId(now).equals(byId(wanted)) ? null : wanted;
	}

	/** What somebody created who may be Roster, an application or a stranger. */
	private List<ACL> ofCreator(List<ACL> now, List<ACL> planned) {
		if (isOpenerThan(now, planned)) {
			return planned;
		}
		if (now.stream().anyMatch((each) -> isOf(this.access.own(), each))) {
			return this.access
				.acl(now.stream().anyMatch(this::letsAnotherWrite) ? ZnodeGrant.SHARED : ZnodeGrant.READABLE);
		}
		return withAllClients(now);
	}

	/** Whoever may do everything is a user that Roster had before. */
	private boolean letsAnotherWrite(ACL entry) {
		boolean other = this.access.others().stream().anyMatch((each) -> each.getId().equals(entry.getId()));
		return !other && (entry.getPerms() & Perms.WRITE) != 0 && (entry.getPerms() & Perms.ADMIN) == 0;
	}

	/** While the user of applications is replaced, each may do what the other may. */
	private List<ACL> withAllClients(List<ACL> now) {
		int perms = now.stream()
			.filter((each) -> isOf(this.access.clients(), each))
			.mapToInt(ACL::getPerms)
			.reduce(0, (one, other) -> one | other);
		if (perms == 0) {
			return now;
		}
		List<ACL> more = new ArrayList<>(now);
		this.access.clients().forEach((client) -> more.add(new ACL(perms, client.id())));
		return byId(more).entrySet().stream().map((entry) -> new ACL(entry.getValue(), entry.getKey())).toList();
	}

	private static boolean isOf(List<DigestCredentials> users, ACL entry) {
		return users.stream().anyMatch((each) -> each.id().equals(entry.getId()));
	}

	/** The ACL for a root that is missing. */
	List<ACL> aclOf(String root) {
		Rule rule = rule(root);
		return this.access.acl((rule != null) ? rule.grant() : ZnodeGrant.READABLE);
	}

	/** That of the longest root; of two with the same, the one that knows more levels. */
	private @Nullable Rule rule(String path) {
		Rule best = null;
		for (Rule rule : this.rules) {
			boolean better = best == null || rule.root().length() > best.root().length()
					|| (rule.root().equals(best.root()) && rule.exactDepth() > best.exactDepth());
			if (rule.covers(path) && better) {
				best = rule;
			}
		}
		return best;
	}

	private static boolean isOpenerThan(List<ACL> now, List<ACL> wanted) {
		int open = byId(now).getOrDefault(Ids.ANYONE_ID_UNSAFE, 0);
		int mayBeOpen = byId(wanted).getOrDefault(Ids.ANYONE_ID_UNSAFE, 0);
		return (open & ~mayBeOpen) != 0;
	}

	private static Map<Id, Integer> byId(List<ACL> acl) {
		Map<Id, Integer> perms = new HashMap<>();
		acl.forEach((each) -> perms.merge(each.getId(), each.getPerms(), (one, other) -> one | other));
		return perms;
	}

	private record Rule(String root, ZnodeGrant grant, int exactDepth, boolean tree) {

		boolean covers(String path) {
			return path.equals(this.root)
					|| (this.tree && path.startsWith(this.root.equals("/") ? "/" : this.root + "/"));
		}

		int depth(String path) {
			return (int) path.substring(this.root.length()).chars().filter((letter) -> letter == '/').count();
		}

	}

}
