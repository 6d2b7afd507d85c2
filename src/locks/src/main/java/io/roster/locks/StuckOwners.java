package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.roster.locks.WaitLine.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The owners who can never go on, and the cycles among them. Everybody is called by a
 * number; who is not known by name is on cycles, but not told.
 * <p>
 * A place waits for each place in front that stands in its way. Not all these edges are
 * kept, which would be many millions in a long queue: an edge to the nearest exclusive
 * place that waits leads on to everybody in front of that.
 */
final class StuckOwners {

	private final List<@Nullable Owner> owners;

	private final List<List<Wait>> waits = new ArrayList<>();

	StuckOwners(List<@Nullable Owner> owners) {
		this.owners = owners;
		owners.forEach((owner) -> this.waits.add(new ArrayList<>(0)));
	}

	/** A queue, whose places are added in their order. */
	Queue queue(String lock) {
		return new Queue(lock);
	}

	List<Deadlock> deadlocks() {
		List<Deadlock> deadlocks = new ArrayList<>();
		for (int[] together : Components.of(edges((wait) -> wait.nearest))) {
			Set<Integer> members = new LinkedHashSet<>();
			Arrays.stream(together).forEach(members::add);
			List<int[]> byHolders = Components
				.of(edges((wait) -> members.contains(wait.actor) ? wait.holders(members) : Wait.NOBODY));
			(byHolders.isEmpty() ? Stream.of(together) : byHolders.stream())
				.map((cycle) -> deadlock(cycle, !byHolders.isEmpty()))
				.filter((deadlock) -> deadlock.owners().size() > 1)
				.forEach(deadlocks::add);
		}
		deadlocks.sort(Comparator.comparing((deadlock) -> deadlock.owners().get(0)));
		return deadlocks;
	}

	private int[][] edges(Targets targets) {
		return this.waits.stream()
			.map((its) -> its.stream().flatMapToInt((wait) -> Arrays.stream(targets.of(wait))).distinct().toArray())
			.toArray(int[][]::new);
	}

	private Deadlock deadlock(int[] cycle, boolean byHolders) {
		Set<Integer> members = new LinkedHashSet<>();
		Arrays.stream(cycle).forEach(members::add);
		List<String> names = members.stream().flatMap(this::name).sorted().toList();
		Set<Deadlock.Wait> waits = new LinkedHashSet<>();
		for (int actor : cycle) {
			for (Wait wait : this.waits.get(actor)) {
				IntStream targets = byHolders ? Arrays.stream(wait.holders(members)) : wait.targets();
				List<String> others = targets.filter((target) -> target != actor && members.contains(target))
					.distinct()
					.boxed()
					.flatMap(this::name)
					.sorted()
					.toList();
				if (!others.isEmpty()) {
					name(actor).forEach((name) -> waits.add(new Deadlock.Wait(name, wait.lock, others)));
				}
			}
		}
		List<Deadlock.Wait> sorted = waits.stream()
			.sorted(Comparator.comparing(Deadlock.Wait::owner).thenComparing(Deadlock.Wait::lock))
			.toList();
		return new Deadlock(names, locks(sorted), sorted);
	}

	private static List<String> locks(List<Deadlock.Wait> waits) {
		return List.copyOf(waits.stream().map(Deadlock.Wait::lock).collect(TreeSet::new, Set::add, Set::addAll));
	}

	private Stream<String> name(int actor) {
		Owner owner = this.owners.get(actor);
		return (owner != null) ? Stream.of(owner.name()) : Stream.empty();
	}

	/** Looks for the shortest way back to whoever waits, which begins with that wait. */
	@Nullable Deadlock closedBy(int actor, String lock) {
		Map<Integer, Step> reached = new HashMap<>();
		Deque<Integer> next = new ArrayDeque<>();
		for (Wait wait : this.waits.get(actor)) {
			if (wait.lock.equals(lock)) {
				follow(actor, wait, reached, next);
			}
		}
		for (Integer at = next.poll(); at != null && at != actor; at = next.poll()) {
			for (Wait wait : this.waits.get(at)) {
				follow(at, wait, reached, next);
			}
		}
		return reached.containsKey(actor) ? cycle(actor, reached) : null;
	}

	private static void follow(int from, Wait wait, Map<Integer, Step> reached, Deque<Integer> next) {
		wait.targets().forEach((target) -> {
			if (reached.putIfAbsent(target, new Step(from, wait.lock)) == null) {
				next.add(target);
			}
		});
	}

	private Deadlock cycle(int actor, Map<Integer, Step> reached) {
		Deque<Deadlock.Wait> waits = new ArrayDeque<>();
		Deque<String> names = new ArrayDeque<>();
		int at = actor;
		do {
			Step step = reached.getOrDefault(at, new Step(actor, ""));
			List<String> waitsFor = name(at).toList();
			name(step.from).forEach((name) -> {
				names.addFirst(name);
				waits.addFirst(new Deadlock.Wait(name, step.lock, waitsFor));
			});
			at = step.from;
		}
		while (at != actor);
		return new Deadlock(List.copyOf(names), locks(List.copyOf(waits)), List.copyOf(waits));
	}

	/** How somebody was reached. */
	private record Step(int from, String lock) {
	}

	/** Which of the places in front count. */
	private interface Targets {

		int[] of(Wait wait);

	}

	/**
	 * A wait that never ends.
	 */
	private static final class Wait {

		private static final int[] NOBODY = {};

		private final int actor;

		private final String lock;

		/** Those in front back to the nearest one that leads on to all others. */
		private final int[] nearest;

		/** Those of the queue who hold, or would if it were for this queue alone. */
		private final List<Integer> holders;

		/** How many of them are in front. */
		private final int holdersBefore;

		Wait(int actor, String lock, int[] nearest, List<Integer> holders) {
			this.actor = actor;
			this.lock = lock;
			this.nearest = nearest;
			this.holders = holders;
			this.holdersBefore = holders.size();
		}

		private Stream<Integer> holders() {
			return this.holders.subList(0, this.holdersBefore).stream();
		}

		int[] holders(Set<Integer> among) {
			return holders().filter(among::contains).mapToInt(Integer::intValue).toArray();
		}

		IntStream targets() {
			return IntStream.concat(holders().mapToInt(Integer::intValue), Arrays.stream(this.nearest)).distinct();
		}

	}

	/**
	 * The stuck places of one queue.
	 */
	final class Queue {

		private final String lock;

		private final List<Integer> holders = new ArrayList<>();

		private final List<Integer> exclusiveHolders = new ArrayList<>();

		private final List<Integer> nearest = new ArrayList<>();

		private final List<Integer> nearestExclusive = new ArrayList<>();

		private Queue(String lock) {
			this.lock = lock;
		}

		void add(int actor, boolean shared, boolean isWaiting) {
			if (isWaiting) {
				StuckOwners.this.waits.get(actor)
					.add(shared ? wait(actor, this.nearestExclusive, this.exclusiveHolders)
							: wait(actor, this.nearest, this.holders));
			}
			else {
				this.holders.add(actor);
				if (!shared) {
					this.exclusiveHolders.add(actor);
				}
			}
			if (isWaiting && !shared) {
				this.nearest.clear();
				this.nearestExclusive.clear();
			}
			this.nearest.add(actor);
			if (!shared) {
				this.nearestExclusive.add(actor);
			}
		}

		private Wait wait(int actor, List<Integer> nearest, List<Integer> holders) {
			return new Wait(actor, this.lock, nearest.stream().mapToInt(Integer::intValue).toArray(), holders);
		}

	}

}
