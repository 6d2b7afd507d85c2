package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.roster.locks.WaitLine.Owner;
import io.roster.locks.WaitLine.Spot;
import org.jspecify.annotations.Nullable;

/**
 * Who can never go on. An owner takes locks one after the other and gives them back when
 * it has had all for which it waits. Its place waits for those in front: an exclusive one
 * for all of them, a shared one for the exclusive ones, one of a semaphore for all but
 * {@code permits - 1}, whichever these are. So an owner with several waits (several locks
 * at once, or several threads) needs all of them, and one at a semaphore any of those who
 * hold it.
 * <p>
 * Therefore a cycle of waits is not yet a deadlock. What can finish is taken out first,
 * in any order, because nobody who finishes ever holds up another one (the graph
 * reduction of Holt, "Some deadlock properties of computer systems", 1972); what is left
 * can never go on, and its cycles are {@link StuckOwners}' to find. Both cost about as
 * much as there are places. Immutable when it is made.
 */
final class WaitGraph {

	private final Map<Owner, Integer> actors = new HashMap<>();

	private final List<@Nullable Owner> owners = new ArrayList<>();

	private final List<List<Line>> linesOf = new ArrayList<>();

	private final List<Line> lines;

	/** How many of its waits will not end, as far as is known, of each actor. */
	private final int[] waits;

	WaitGraph(List<WaitLine> queues) {
		this.lines = queues.stream().map(this::line).toList();
		this.waits = new int[this.owners.size()];
		for (Line line : this.lines) {
			for (int place = 0; place < line.actors.length; place++) {
				this.waits[line.actors[place]] += line.waits[place] ? 1 : 0;
			}
		}
		reduce();
	}

	private Line line(WaitLine queue) {
		Line line = new Line(queue);
		for (int place = 0; place < line.actors.length; place++) {
			line.actors[place] = actor(queue.places().get(place).owner());
			this.linesOf.get(line.actors[place]).add(line);
		}
		return line;
	}

	private int actor(@Nullable Owner owner) {
		Integer known = (owner != null) ? this.actors.get(owner) : null;
		if (known != null) {
			return known;
		}
		int actor = this.owners.size();
		this.owners.add(owner);
		this.linesOf.add(new ArrayList<>(1));
		if (owner != null) {
			this.actors.put(owner, actor);
		}
		return actor;
	}

	private void reduce() {
		Deque<Line> open = new ArrayDeque<>(this.lines);
		for (Line line = open.poll(); line != null; line = open.poll()) {
			line.isOpen = false;
			reduce(line, open);
		}
	}

	private void reduce(Line line, Deque<Line> open) {
		int left = 0;
		int exclusivesLeft = 0;
		for (int place = 0; place < line.actors.length; place++) {
			int actor = line.actors[place];
			int before = line.shared[place] ? exclusivesLeft : left;
			if (line.waits[place] && before < line.permits) {
				line.waits[place] = false;
				this.waits[actor]--;
				if (this.waits[actor] == 0) {
					reopen(actor, open);
				}
			}
			if (this.waits[actor] > 0) {
				left++;
				exclusivesLeft += line.shared[place] ? 0 : 1;
			}
		}
	}

	/** Whoever stands in one place only has been counted where it stands. */
	private void reopen(int actor, Deque<Line> open) {
		List<Line> its = this.linesOf.get(actor);
		for (Line line : (its.size() > 1) ? its : List.<Line>of()) {
			if (!line.isOpen) {
				line.isOpen = true;
				open.add(line);
			}
		}
	}

	/**
	 * The deadlocks: each a set of owners, more than one, who all wait for each other.
	 * Where a cycle leads by holders of locks alone, those are told who are on it, and
	 * not the others who stand in the queue in between.
	 * @return the deadlocks, in an order of their own; no owner is in two of them
	 */
	List<Deadlock> deadlocks() {
		return stuck().deadlocks();
	}

	/**
	 * The cycle that a wait closes.
	 * @param owner who waits
	 * @param lock for which lock
	 * @return a shortest one, from this owner on, who may be alone in it; {@code null} if
	 * there is none
	 */
	@Nullable Deadlock closedBy(Owner owner, String lock) {
		Integer actor = this.actors.get(owner);
		return (actor != null && this.waits[actor] > 0) ? stuck().closedBy(actor, lock) : null;
	}

	private StuckOwners stuck() {
		StuckOwners stuck = new StuckOwners(this.owners);
		for (Line line : this.lines) {
			StuckOwners.Queue queue = stuck.queue(line.lock);
			for (int place = 0; place < line.actors.length; place++) {
				if (this.waits[line.actors[place]] > 0) {
					queue.add(line.actors[place], line.shared[place], line.waits[place]);
				}
			}
		}
		return stuck;
	}

	private static final class Line {

		private final String lock;

		private final int permits;

		private final int[] actors;

		private final boolean[] shared;

		/** Whether it waits for ever, as far as is known. */
		private final boolean[] waits;

		private boolean isOpen = true;

		Line(WaitLine queue) {
			List<Spot> places = queue.places();
			this.lock = queue.lock();
			this.permits = queue.permits();
			this.actors = new int[places.size()];
			this.shared = new boolean[places.size()];
			this.waits = new boolean[places.size()];
			Arrays.fill(this.waits, true);
			for (int place = 0; place < places.size(); place++) {
				this.shared[place] = places.get(place).shared();
			}
		}

	}

}
