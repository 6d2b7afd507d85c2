package io.roster.discovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * All nodes that stand, and which of them are listed. One registration may have several
 * nodes, and is listed once:
 * <ul>
 * <li>registered in both layouts, it is listed by its sequential node;</li>
 * <li>after an outage longer than the session timeout its old node stands beside the new
 * one until the old session has run out: of two sequential nodes with one endpoint the
 * one created last, by its czxid, is listed.</li>
 * </ul>
 * Nodes belong to one registration if they say so by the same id in their data. Two that
 * name no id, or different ones, are both listed even with one endpoint: nothing tells
 * which of them is true, and requests to either reach whoever listens there.
 * <p>
 * A change costs the same however many nodes there are. Used under the directory's lock.
 */
final class Roll {

	private final Map<String, Member> byPath = new HashMap<>();

	/** An id may be used by several services, and none is by more than a few nodes. */
	private final Map<String, List<Member>> byRegistration = new HashMap<>();

	/** How many nodes of a service name an endpoint and take requests. */
	private final Map<ServiceEndpoint, Integer> endpoints = new HashMap<>();

	@Nullable Member at(String path) {
		return this.byPath.get(path);
	}

	boolean has(Member member) {
		Member known = this.byPath.get(member.path());
		return known != null && known.czxid() == member.czxid();
	}

	/** Whether somebody of the service takes requests at the endpoint of a member. */
	boolean isServed(Member member) {
		return this.endpoints.containsKey(ServiceEndpoint.of(member));
	}

	/** A copy, so that the roll may be changed on the way. */
	Collection<Member> all() {
		return List.copyOf(this.byPath.values());
	}

	void put(Member member, Turn turn) {
		Member before = this.byPath.get(member.path());
		if (before != null) {
			remove(before, turn);
		}
		List<Member> others = rivals(member);
		if (others.isEmpty()) {
			enter(member);
			group(member, List.of(member));
			turn.came(member);
			return;
		}
		List<Member> all = new ArrayList<>(others);
		all.add(member);
		enter(member);
		group(member, all);
		others.stream().filter((each) -> listed(each, others) && !listed(each, all)).forEach(turn::gone);
		if (listed(member, all)) {
			turn.came(member);
		}
	}

	void remove(Member member, Turn turn) {
		List<Member> all = (member.registrationId() != null) ? rivals(member) : List.of(member);
		List<Member> others = all.stream().filter((each) -> !each.sameNode(member)).toList();
		leave(member);
		group(member, others);
		if (listed(member, all)) {
			turn.gone(member);
		}
		others.stream().filter((each) -> listed(each, others) && !listed(each, all)).forEach(turn::came);
	}

	private void enter(Member member) {
		this.byPath.put(member.path(), member);
		if (member.routable()) {
			this.endpoints.merge(ServiceEndpoint.of(member), 1, Integer::sum);
		}
	}

	private void leave(Member member) {
		Member known = this.byPath.remove(member.path());
		if (known != null && known.routable()) {
			this.endpoints.computeIfPresent(ServiceEndpoint.of(known), (at, count) -> (count > 1) ? count - 1 : null);
		}
	}

	private void group(Member member, List<Member> nodes) {
		String registration = member.registrationId();
		if (registration != null && nodes.isEmpty()) {
			this.byRegistration.remove(registration);
		}
		else if (registration != null) {
			this.byRegistration.put(registration, List.copyOf(nodes));
		}
	}

	private List<Member> rivals(Member member) {
		return (member.registrationId() != null) ? this.byRegistration.getOrDefault(member.registrationId(), List.of())
				: List.of();
	}

	private static boolean listed(Member member, List<Member> rivals) {
		return rivals.stream().noneMatch((rival) -> hides(rival, member));
	}

	private static boolean hides(Member rival, Member member) {
		if (!rival.service().equals(member.service()) || rival.instance().layout() != Layout.SEQUENTIAL) {
			return false;
		}
		return member.instance().layout() == Layout.CURATOR
				|| (rival.czxid() > member.czxid() && rival.sameEndpoint(member));
	}

	private record ServiceEndpoint(String service, @Nullable Endpoint endpoint) {

		static ServiceEndpoint of(Member member) {
			return new ServiceEndpoint(member.service(), member.endpoint());
		}

	}

}
