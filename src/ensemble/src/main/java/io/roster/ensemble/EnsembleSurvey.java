package io.roster.ensemble;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.ensemble.MemberProbe.Reply;
import io.roster.ensemble.MemberStatus.Role;

/**
 * Asks all members at once and puts their answers together: each of them knows its own
 * state and, mostly, the list of servers, so one that answers gives names to those that
 * do not.
 */
final class EnsembleSurvey {

	private final Duration bound;

	EnsembleSurvey(Duration bound) {
		this.bound = bound;
	}

	EnsembleStatus ask(List<MemberAddress> named) {
		if (named.isEmpty()) {
			throw new IllegalArgumentException(
					"The status of an ensemble needs the address of a member, but there is none");
		}
		Map<MemberAddress, Reply> replies = round(named);
		Map<Integer, ServerEntry> servers = servers(replies.values());
		List<MemberStatus> members = new ArrayList<>();
		replies.values().forEach((reply) -> members.add(identified(reply.status(), servers)));
		if (servers.isEmpty() || servers.values().stream().anyMatch((server) -> server.client() == null)) {
			numberInOrder(members);
		}
		for (Reply found : round(unasked(members, servers)).values()) {
			MemberStatus member = identified(found.status(), servers);
			if (member.id() == null || !ids(members).contains(member.id())) {
				members.add(member);
			}
		}
		return EnsembleStatus.judge(members, voters(members, servers));
	}

	private Map<MemberAddress, Reply> round(Collection<MemberAddress> addresses) {
		Map<MemberAddress, Reply> replies = new LinkedHashMap<>();
		if (addresses.isEmpty()) {
			return replies;
		}
		long deadline = System.nanoTime() + this.bound.toNanos();
		ExecutorService threads = Executors.newCachedThreadPool(EnsembleSurvey::daemon);
		try {
			Map<MemberAddress, Future<Reply>> asked = new LinkedHashMap<>();
			addresses.forEach((address) -> asked.computeIfAbsent(address,
					(each) -> threads.submit(new MemberProbe(each, deadline)::ask)));
			asked.forEach((address, reply) -> replies.put(address, await(address, reply, deadline)));
			return replies;
		}
		finally {
			threads.shutdownNow();
		}
	}

	static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "ensemble-status");
		thread.setDaemon(true);
		return thread;
	}

	/** Bounded here too: the look-up of a name cannot be. */
	private static Reply await(MemberAddress address, Future<Reply> reply, long deadline) {
		try {
			return reply.get(Math.max(0, deadline - System.nanoTime()) + TimeUnit.MILLISECONDS.toNanos(20),
					TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return new Reply(MemberStatus.unreachable(address, EnsembleStatus.TOO_LATE), List.of());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Reply(MemberStatus.unreachable(address, "was not waited for"), List.of());
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Asking " + address + " failed", ex.getCause());
		}
	}

	private static Map<Integer, ServerEntry> servers(Collection<Reply> replies) {
		Map<Integer, ServerEntry> servers = new TreeMap<>();
		for (Reply reply : replies) {
			for (ServerEntry server : reply.servers()) {
				// A classic server.N line has no client port; the member itself knows its
				// own.
				servers.merge(server.id(), server, (known, other) -> (known.client() != null) ? known : other);
			}
		}
		return servers;
	}

	/**
	 * The members that only the list of servers knows, as far as it says where they are.
	 */
	private static List<MemberAddress> unasked(List<MemberStatus> members, Map<Integer, ServerEntry> servers) {
		List<Integer> known = ids(members);
		List<MemberAddress> asked = members.stream().map(MemberStatus::address).toList();
		// One that serves without an id might be any of them, and would be counted twice.
		if (members.stream().anyMatch((member) -> member.isServing() && member.id() == null)) {
			return List.of();
		}
		return servers.values()
			.stream()
			.filter((server) -> !known.contains(server.id()))
			.map((server) -> server.reachableClient(asked.get(0).port()))
			.filter((address) -> !address.isWildcard() && !asked.contains(address))
			.toList();
	}

	private static List<Integer> ids(List<MemberStatus> members) {
		return members.stream().map(MemberStatus::id).filter(Objects::nonNull).toList();
	}

	private static MemberStatus identified(MemberStatus member, Map<Integer, ServerEntry> servers) {
		if (member.id() != null) {
			return member;
		}
		return servers.values()
			.stream()
			.filter((server) -> member.address().equals(server.reachableClient()))
			.findFirst()
			.map((server) -> member.withId(server.id()))
			.orElse(member);
	}

	/** Most lists stand in the order of the ids; no member must say otherwise. */
	private static void numberInOrder(List<MemberStatus> members) {
		for (int index = 0; index < members.size(); index++) {
			Integer id = members.get(index).id();
			if (id != null && id != index + 1) {
				return;
			}
		}
		for (int index = 0; index < members.size(); index++) {
			members.set(index, members.get(index).withId(index + 1));
		}
	}

	private static int voters(List<MemberStatus> members, Map<Integer, ServerEntry> servers) {
		if (!servers.isEmpty()) {
			return (int) servers.values().stream().filter((server) -> !server.observer()).count();
		}
		return (int) members.stream().filter((member) -> member.role() != Role.OBSERVER).count();
	}

}
