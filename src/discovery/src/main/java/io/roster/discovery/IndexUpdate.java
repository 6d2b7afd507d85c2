package io.roster.discovery;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
	void put(Member after) {
		Member before = this.index.member(after.service(), after.key());
		if (before != null && !before.sameNode(after)) {
			remove(before);
			before = null;
		}
		if (before != null && before.revision() == after.revision()) {
			return;
		}
		this.index = this.index.with(after);
		String revision = revision(after);
		this.events.add((before != null) ? new ServiceEvent.Updated(revision, before.instance(), after.instance())
				: new ServiceEvent.Added(revision, after.instance()));
	}

	void remove(Member member) {
		Member listed = this.index.member(member.service(), member.key());
		if (listed != null && listed.sameNode(member)) {
			this.index = this.index.without(listed);
			this.events.add(new ServiceEvent.Removed(revision(listed), listed.instance()));
		}
	}

	void loaded() {
		this.index = this.index.asLoaded();
	}

	@Nullable Member listed(Member member) {
		return this.index.member(member.service(), member.key());
	}

	private String revision(Member member) {
		return this.index.revisionText(member.service());
	}

}
