package io.roster.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one event, or one reading of everything, does to the lists, with all that cancels
 * out left out. Used under the directory's lock.
 */
final class Turn {

	private final Map<NodeId, Member> gone = new LinkedHashMap<>();

	private final Map<NodeId, Member> came = new LinkedHashMap<>();

	private final List<Member> changed = new ArrayList<>();

	private final Set<NodeId> orderly = new HashSet<>();

	void gone(Member member) {
		if (this.came.remove(NodeId.of(member)) == null) {
			this.gone.put(NodeId.of(member), member);
		}
	}

	void came(Member member) {
		this.came.put(NodeId.of(member), member);
	}

	/** Its owner has said good-bye: nobody doubts that it is gone. */
	void orderly(Member member) {
		this.orderly.add(NodeId.of(member));
	}

	boolean wasOrderly(Member member) {
		return member.instance().status() == InstanceStatus.DRAINING || this.orderly.contains(NodeId.of(member));
	}

	/** Finds what was taken out and put in again. */
	void settle() {
		this.came.entrySet().removeIf((entry) -> {
			boolean stayed = this.gone.remove(entry.getKey()) != null;
			if (stayed) {
				this.changed.add(entry.getValue());
			}
			return stayed;
		});
	}

	boolean hasCome(Member member) {
		return this.came.containsKey(NodeId.of(member));
	}

	Collection<Member> gone() {
		return this.gone.values();
	}

	Collection<Member> came() {
		return this.came.values();
	}

	Collection<Member> changed() {
		return this.changed;
	}

	private record NodeId(String path, long czxid) {

		static NodeId of(Member member) {
			return new NodeId(member.path(), member.czxid());
		}

	}

}
