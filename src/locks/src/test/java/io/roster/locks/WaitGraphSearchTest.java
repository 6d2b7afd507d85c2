package io.roster.locks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.roster.locks.WaitLine.Owner;
import io.roster.locks.WaitLine.Spot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random queues have the deadlocks that a search finds which plays them to their ends in
 * every order. The seed stands in the name.
 */
class WaitGraphSearchTest {

	private static final int GRAPHS = 4000;

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 20_261_123 })
	void randomQueuesHaveTheDeadlocksThatASearchFinds(long seed) {
		Random random = new Random(seed);
		int deadlocks = 0;
		int alone = 0;
		for (int i = 0; i < GRAPHS; i++) {
			List<WaitLine> lines = lines(random);
			WaitGraph graph = new WaitGraph(lines);
			Search search = new Search(lines);
			Set<Set<String>> found = graph.deadlocks()
				.stream()
				.map((deadlock) -> (Set<String>) new TreeSet<>(deadlock.owners()))
				.collect(Collectors.toSet());
			assertThat(found).as("%s", lines).isEqualTo(search.deadlocks());
			graph.deadlocks().forEach((deadlock) -> search.verify(deadlock, lines));
			deadlocks += found.size();
			for (WaitLine line : lines) {
				for (Spot spot : line.places()) {
					alone += verifyClosedBy(graph, search, spot, line, lines);
				}
			}
		}
		assertThat(deadlocks).isGreaterThan(GRAPHS / 20);
		assertThat(alone).isGreaterThan(GRAPHS / 20);
	}

	private static int verifyClosedBy(WaitGraph graph, Search search, Spot spot, WaitLine line, List<WaitLine> lines) {
		if (spot.owner() == null) {
			return 0;
		}
		Deadlock cycle = graph.closedBy(spot.owner(), line.lock());
		assertThat(cycle != null).as("%s for %s in %s", spot.owner(), line.lock(), lines)
			.isEqualTo(search.closes(spot.owner().name(), line.lock()));
		if (cycle == null) {
			return 0;
		}
		search.verify(cycle, lines);
		assertThat(cycle.owners().get(0)).isEqualTo(spot.owner().name());
		return (cycle.owners().size() == 1) ? 1 : 0;
	}

	private static List<WaitLine> lines(Random random) {
		List<WaitLine> lines = new ArrayList<>();
		int owners = 2 + random.nextInt(4);
		for (int lock = 1 + random.nextInt(4); lock > 0; lock--) {
			int kind = random.nextInt(3);
			List<Spot> spots = new ArrayList<>();
			for (int place = 1 + random.nextInt(4); place > 0; place--) {
				boolean stranger = random.nextInt(12) == 0;
				spots.add(new Spot(stranger ? null : new Owner("o" + random.nextInt(owners), null),
						kind == 1 && random.nextBoolean()));
			}
			lines.add(new WaitLine("l" + lock, (kind == 2) ? 1 + random.nextInt(3) : 1, spots));
		}
		return lines;
	}

	/**
	 * Plays queues: whoever holds all that it stands for may go, whereupon others hold.
	 * Slow, and by the rule of the queues alone.
	 */
	private static final class Search {

		private final List<WaitLine> lines;

		private final Set<Set<String>> seen = new HashSet<>();

		private Set<String> mostGone = Set.of();

		/** By the lock for which is waited. */
		private final Map<String, Set<String>> edges = new HashMap<>();

		private final Map<String, Set<String>> toHolders = new HashMap<>();

		private final Set<String> all = new TreeSet<>();

		private List<List<Player>> left = List.of();

		Search(List<WaitLine> lines) {
			this.lines = lines;
			play(Set.of());
			this.left = queues(this.mostGone);
			for (int line = 0; line < lines.size(); line++) {
				relate(lines.get(line), this.left.get(line));
			}
		}

		private List<List<Player>> queues(Set<String> gone) {
			List<List<Player>> queues = new ArrayList<>();
			for (int line = 0; line < this.lines.size(); line++) {
				List<Player> queue = new ArrayList<>();
				List<Spot> places = this.lines.get(line).places();
				for (int place = 0; place < places.size(); place++) {
					Owner owner = places.get(place).owner();
					String name = (owner != null) ? owner.name() : "stranger-" + line + "-" + place;
					this.all.add(name);
					if (!gone.contains(name)) {
						queue.add(new Player(name, places.get(place).shared()));
					}
				}
				queues.add(queue);
			}
			return queues;
		}

		private void play(Set<String> gone) {
			if (!this.seen.add(gone)) {
				return;
			}
			List<List<Player>> queues = queues(gone);
			boolean end = true;
			for (String name : this.all) {
				if (!gone.contains(name) && holdsAll(name, queues)) {
					end = false;
					Set<String> next = new TreeSet<>(gone);
					next.add(name);
					play(next);
				}
			}
			if (end) {
				// Whatever the order, the same are left.
				assertThat(this.mostGone.isEmpty() || this.mostGone.equals(gone)).isTrue();
				this.mostGone = gone;
			}
		}

		private boolean holdsAll(String name, List<List<Player>> queues) {
			for (int line = 0; line < queues.size(); line++) {
				for (int place = 0; place < queues.get(line).size(); place++) {
					if (queues.get(line).get(place).name.equals(name)
							&& !holds(this.lines.get(line), queues.get(line), place)) {
						return false;
					}
				}
			}
			return true;
		}

		private static boolean holds(WaitLine line, List<Player> queue, int place) {
			List<Player> before = queue.subList(0, place);
			return queue.get(place).shared ? before.stream().allMatch(Player::shared) : place < line.permits();
		}

		private void relate(WaitLine line, List<Player> queue) {
			for (int place = 0; place < queue.size(); place++) {
				for (int before = 0; before < place; before++) {
					boolean inTheWay = !(queue.get(place).shared && queue.get(before).shared);
					if (inTheWay && !holds(line, queue, place)) {
						String edge = queue.get(place).name + ">" + queue.get(before).name;
						this.edges.computeIfAbsent(edge, (key) -> new TreeSet<>()).add(line.lock());
						if (holds(line, queue, before)) {
							this.toHolders.computeIfAbsent(edge, (key) -> new TreeSet<>()).add(line.lock());
						}
					}
				}
			}
		}

		Set<Set<String>> deadlocks() {
			Set<Set<String>> deadlocks = new HashSet<>();
			for (Set<String> members : components(this.edges, this.all)) {
				Set<Set<String>> byHolders = components(this.toHolders, members);
				for (Set<String> deadlock : byHolders.isEmpty() ? Set.of(members) : byHolders) {
					Set<String> known = deadlock.stream()
						.filter((name) -> name.startsWith("o"))
						.collect(Collectors.toCollection(TreeSet::new));
					if (known.size() > 1) {
						deadlocks.add(known);
					}
				}
			}
			return deadlocks;
		}

		private static Set<Set<String>> components(Map<String, Set<String>> edges, Set<String> nodes) {
			Set<Set<String>> components = new HashSet<>();
			for (String node : nodes) {
				Set<String> members = nodes.stream()
					.filter((other) -> reaches(edges, nodes, node, other) && reaches(edges, nodes, other, node))
					.collect(Collectors.toCollection(TreeSet::new));
				members.add(node);
				if (members.size() > 1) {
					components.add(members);
				}
			}
			return components;
		}

		private static boolean reaches(Map<String, Set<String>> edges, Set<String> nodes, String from, String to) {
			Set<String> reached = new HashSet<>();
			List<String> next = new ArrayList<>(List.of(from));
			while (!next.isEmpty()) {
				String at = next.remove(next.size() - 1);
				for (String node : nodes) {
					if (edges.containsKey(at + ">" + node) && reached.add(node)) {
						next.add(node);
					}
				}
			}
			return reached.contains(to);
		}

		boolean closes(String name, String lock) {
			return this.all.stream()
				.filter((other) -> this.edges.getOrDefault(name + ">" + other, Set.of()).contains(lock))
				.anyMatch((other) -> other.equals(name) || reaches(this.edges, this.all, other, name));
		}

		/** Everybody waits for whom it is told to wait. */
		void verify(Deadlock deadlock, List<WaitLine> lines) {
			assertThat(deadlock.waits()).as("%s", lines).isNotEmpty();
			for (Deadlock.Wait wait : deadlock.waits()) {
				assertThat(deadlock.owners()).contains(wait.owner()).containsAll(wait.waitsFor());
				assertThat(deadlock.locks()).contains(wait.lock());
				for (String other : wait.waitsFor()) {
					assertThat(this.edges.getOrDefault(wait.owner() + ">" + other, Set.of())).as("%s", lines)
						.contains(wait.lock());
				}
			}
		}

		private record Player(String name, boolean shared) {
		}

	}

}
