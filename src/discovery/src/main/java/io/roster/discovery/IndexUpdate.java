package io.roster.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.roster.coordination.Node;

/**
 * Brings an index up to date and notes what to tell about it. Used by one thread.
 */
final class IndexUpdate {

	private ServiceIndex index;

	private final List<ServiceEvent> events = new ArrayList<>();

	IndexUpdate(ServiceIndex index) {
		this.index = index;
	}

	ServiceIndex index() {
		return this.index;
	}

	List<ServiceEvent> events() {
		return this.events;
	}

	/** A node of another czxid under the same path is another instance. */
	void put(Node node) {
		Member before = this.index.member(node.name());
		if (before != null && before.czxid() != node.czxid()) {
			remove(before);
			before = null;
		}
		if (before != null && before.revision() == Member.revision(node)) {
			return;
		}
		Member after = Member.of(node);
		this.index = this.index.with(after);
		String revision = revision(after);
		this.events.add((before != null) ? new ServiceEvent.Updated(revision, before.instance(), after.instance())
				: new ServiceEvent.Added(revision, after.instance()));
	}

	void remove(Node node) {
		Member member = this.index.member(node.name());
		if (member != null && member.czxid() == node.czxid()) {
			remove(member);
		}
	}

	private void remove(Member member) {
		this.index = this.index.without(member);
		this.events.add(new ServiceEvent.Removed(revision(member), member.instance()));
	}

	/** Those that are gone first, so that no list shows a place twice. */
	void replaceAll(Collection<Node> nodes) {
		Set<String> names = new HashSet<>();
		nodes.forEach((node) -> names.add(node.name()));
		this.index.services()
			.values()
			.stream()
			.flatMap((service) -> service.members().values().stream())
			.filter((member) -> !names.contains(member.instance().id()))
			.forEach(this::remove);
		this.index = this.index.asLoaded();
		nodes.forEach(this::put);
	}

	private String revision(Member member) {
		return this.index.revisionText(member.instance().name());
	}

}
