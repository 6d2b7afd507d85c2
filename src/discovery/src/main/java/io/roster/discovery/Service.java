package io.roster.discovery;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The members of one service; immutable. A change shares all but a path of the tree with
 * the state before; the list that readers want is made when the first one asks.
 */
final class Service {

	private final PSortedMap<String, Member> members;

	private final long revision;

	private final int routable;

	private volatile @Nullable List<Instance> instances;

	private Service(PSortedMap<String, Member> members, long revision, int routable) {
		this.members = members;
		this.revision = revision;
		this.routable = routable;
	}

	static Service empty() {
		return new Service(TreePMap.<String, Member>empty(), 0, 0);
	}

	Service with(Member member) {
		Member before = this.members.get(member.key());
		long rest = this.revision - ((before != null) ? before.revision() : 0);
		int others = this.routable - ((before != null) ? count(before) : 0);
		return new Service(this.members.plus(member.key(), member), rest + member.revision(), others + count(member));
	}

	Service without(Member member) {
		return new Service(this.members.minus(member.key()), this.revision - member.revision(),
				this.routable - count(member));
	}

	private static int count(Member member) {
		return (member.routable() && !member.instance().suspect()) ? 1 : 0;
	}

	@Nullable Member member(String key) {
		return this.members.get(key);
	}

	PSortedMap<String, Member> members() {
		return this.members;
	}

	int size() {
		return this.members.size();
	}

	/** How many take requests and surely have a node. */
	int routable() {
		return this.routable;
	}

	long revision() {
		return this.revision;
	}

	/** Two readers may both make the list: the two are equal. */
	List<Instance> instances() {
		List<Instance> made = this.instances;
		if (made == null) {
			made = this.members.values().stream().map(Member::instance).toList();
			this.instances = made;
		}
		return made;
	}

}
