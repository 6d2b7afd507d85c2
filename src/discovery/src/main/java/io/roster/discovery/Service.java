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

	private volatile @Nullable List<Instance> instances;

	private Service(PSortedMap<String, Member> members, long revision) {
		this.members = members;
		this.revision = revision;
	}

	static Service empty() {
		return new Service(TreePMap.<String, Member>empty(), 0);
	}

	Service with(Member member) {
		Member before = this.members.get(member.instance().id());
		long without = this.revision - ((before != null) ? before.revision() : 0);
		return new Service(this.members.plus(member.instance().id(), member), without + member.revision());
	}

	Service without(Member member) {
		return new Service(this.members.minus(member.instance().id()), this.revision - member.revision());
	}

	@Nullable Member member(String id) {
		return this.members.get(id);
	}

	PSortedMap<String, Member> members() {
		return this.members;
	}

	int size() {
		return this.members.size();
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
