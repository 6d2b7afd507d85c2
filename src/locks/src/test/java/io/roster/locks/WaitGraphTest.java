package io.roster.locks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.roster.locks.Deadlock.Wait;
import io.roster.locks.WaitLine.Owner;
import io.roster.locks.WaitLine.Spot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Deadlocks as people know them; {@link WaitGraphSearchTest} compares with a search. */
class WaitGraphTest {

	@Test
	void twoOwnersWhoWaitForEachOtherAreADeadlock() {
		assertThat(deadlocks(mutex("one", "a", "b"), mutex("two", "b", "a")))
			.containsExactly(new Deadlock(List.of("a", "b"), List.of("one", "two"),
					List.of(new Wait("a", "two", List.of("b")), new Wait("b", "one", List.of("a")))));
	}

	@Test
	void whoWaitsForSomebodyWhoGoesOnIsInNone() {
		assertThat(deadlocks(mutex("one", "a", "b", "c"), mutex("two", "b", "c"))).isEmpty();
	}

	@Test
	void whoStandsInBetweenOrBehindIsNotTold() {
		assertThat(deadlocks(mutex("one", "a", "between", "b", "behind"), mutex("two", "b", "a"))).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("a", "b"));
	}

	@Test
	void whoWaitsForItselfAloneIsNotTold() {
		assertThat(deadlocks(mutex("one", "a", "a", "b"), mutex("two", "b"))).isEmpty();
	}

	@Test
	void threadsOfOneNameWhoCompeteForALockAreNoDeadlock() {
		List<WaitLine> ordinary = List.of(mutex("one", "a", "b", "a", "b", "a"),
				line("two", 2, writer("c"), writer("d"), writer("c"), writer("d")),
				line("three", 1, reader("e"), writer("f"), reader("e"), writer("f")));
		assertThat(new WaitGraph(ordinary).deadlocks()).hasSize(3);
		assertThat(new WaitGraph(ordinary.stream().map(WaitLine::ofThreads).toList()).deadlocks()).isEmpty();
	}

	@Test
	void whoHoldsAllPermitsAndWaitsElsewhereIsStillOne() {
		List<WaitLine> lines = List.of(line("one", 2, writer("a"), writer("a"), writer("b")), mutex("two", "b", "a"));
		assertThat(new WaitGraph(lines.stream().map(WaitLine::ofThreads).toList()).deadlocks()).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("a", "b"));
	}

	@Test
	void twoDeadlocksAreTold() {
		assertThat(deadlocks(mutex("one", "a", "b"), mutex("two", "b", "a"), mutex("three", "c", "d"),
				mutex("four", "d", "e"), mutex("five", "e", "c")))
			.extracting(Deadlock::owners)
			.containsExactly(List.of("a", "b"), List.of("c", "d", "e"));
	}

	@Test
	void twoReadersWhoBothWantToWriteAreADeadlock() {
		assertThat(deadlocks(line("one", 1, reader("a"), reader("b"), writer("a"), writer("b")))).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("a", "b"));
	}

	@Test
	void aReaderWhoReadsAgainBehindAWriterIsADeadlock() {
		assertThat(deadlocks(line("one", 1, reader("a"), writer("b"), reader("a"))))
			.containsExactly(new Deadlock(List.of("a", "b"), List.of("one"),
					List.of(new Wait("a", "one", List.of("b")), new Wait("b", "one", List.of("a")))));
	}

	@Test
	void readersDoNotWaitForReaders() {
		assertThat(deadlocks(line("one", 1, reader("a"), reader("b")), line("two", 1, reader("b"), reader("a"))))
			.isEmpty();
	}

	@Test
	void oneHolderOfASemaphoreWhoGoesOnIsEnough() {
		WaitLine semaphore = line("three", 2, writer("b"), writer("free"), writer("a"));
		assertThat(deadlocks(mutex("one", "a", "b"), semaphore)).isEmpty();
	}

	@Test
	void whoWaitsForASemaphoreOfWhichAllWaitIsInADeadlock() {
		WaitLine semaphore = line("three", 2, writer("b"), writer("c"), writer("a"));
		assertThat(deadlocks(mutex("one", "a", "b", "c"), semaphore)).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("a", "b", "c"));
	}

	@Test
	void twoWhoHoldAPermitAndWantAnotherAreADeadlock() {
		assertThat(deadlocks(line("one", 2, writer("a"), writer("b"), writer("a"), writer("b")))).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("a", "b"));
	}

	@Test
	void severalLocksAtOnceAreWaitedForAllOfThem() {
		// a stands first for one, and waits for two: who waits for one waits for a.
		assertThat(deadlocks(mutex("one", "a", "b"), mutex("two", "b", "a"))).hasSize(1);
		assertThat(deadlocks(mutex("one", "a", "b"), mutex("two", "c", "a", "b"), mutex("three", "b"))).isEmpty();
	}

	@Test
	void ownersOfTwoPrincipalsAreTwo() {
		WaitLine one = new WaitLine("one", 1, List.of(spot("a", "p"), spot("b", "p")));
		WaitLine two = new WaitLine("two", 1, List.of(spot("b", "p"), spot("a", "q")));
		assertThat(deadlocks(one, two)).isEmpty();
	}

	@Test
	void whoIsNotKnownWaitsInOnePlaceAndIsNotTold() {
		Spot stranger = new Spot(null, false);
		assertThat(deadlocks(new WaitLine("one", 1, List.of(stranger, writer("a"))),
				new WaitLine("two", 1, List.of(writer("a"), stranger))))
			.isEmpty();
		// Behind a stranger who waits for itself.
		WaitGraph graph = new WaitGraph(List.of(new WaitLine("one", 1, List.of(reader("a"), stranger, reader("a")))));
		assertThat(graph.deadlocks()).isEmpty();
		assertThat(graph.closedBy(new Owner("a", null), "one")).isNotNull();
	}

	@Test
	void theCycleThatAWaitClosesIsTheShortest() {
		WaitGraph graph = new WaitGraph(List.of(mutex("one", "a", "b", "c", "d"), mutex("two", "b"),
				mutex("three", "d", "a"), mutex("four", "c")));
		assertThat(graph.closedBy(new Owner("a", null), "three"))
			.isEqualTo(new Deadlock(List.of("a", "d"), List.of("one", "three"),
					List.of(new Wait("a", "three", List.of("d")), new Wait("d", "one", List.of("a")))));
		assertThat(graph.closedBy(new Owner("a", null), "one")).isNull();
		assertThat(graph.closedBy(new Owner("c", null), "four")).isNull();
	}

	@Test
	void anOwnerMayCloseACycleAlone() {
		assertThat(new WaitGraph(List.of(mutex("one", "a", "a"))).closedBy(new Owner("a", null), "one"))
			.isEqualTo(new Deadlock(List.of("a"), List.of("one"), List.of(new Wait("a", "one", List.of("a")))));
	}

	@Test
	void tenThousandWaitersAreNoMatter() {
		String[] names = IntStream.range(0, 10_000).mapToObj((i) -> "owner-" + i).toArray(String[]::new);
		assertThat(deadlocks(mutex("one", names), mutex("two", "owner-9999", "owner-0"))).singleElement()
			.extracting(Deadlock::owners)
			.isEqualTo(List.of("owner-0", "owner-9999"));
		List<WaitLine> chain = new ArrayList<>();
		for (int i = 0; i < names.length; i++) {
			chain.add(mutex("lock-" + i, names[i], names[(i + 1) % names.length]));
		}
		assertThat(new WaitGraph(chain).deadlocks()).singleElement()
			.satisfies((deadlock) -> assertThat(deadlock.owners()).hasSize(names.length));
		assertThat(new WaitGraph(chain).deadlocks().get(0).describe()).endsWith("and 9990 more").hasSizeLessThan(1000);
	}

	@Test
	void theDescriptionIsOneLine() {
		assertThat(deadlocks(mutex("one", "a\nERROR", "b"), mutex("two", "b", "a\nERROR")).get(0).describe())
			.isEqualTo("a?ERROR waits for lock two behind b, b waits for lock one behind a?ERROR");
	}

	private static List<Deadlock> deadlocks(WaitLine... lines) {
		return new WaitGraph(List.of(lines)).deadlocks();
	}

	private static WaitLine mutex(String lock, String... owners) {
		return line(lock, 1, Arrays.stream(owners).map(WaitGraphTest::writer).toArray(Spot[]::new));
	}

	private static WaitLine line(String lock, int permits, Spot... spots) {
		return new WaitLine(lock, permits, List.of(spots));
	}

	private static Spot writer(String owner) {
		return spot(owner, null);
	}

	private static Spot reader(String owner) {
		return new Spot(new Owner(owner, null), true);
	}

	private static Spot spot(String owner, @Nullable String principal) {
		return new Spot(new Owner(owner, principal), false);
	}

}
