package io.roster.discovery.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Zones, weights and suspects.
 */
class PreferenceTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final Random random = new Random(11);

	private final List<String> told = new ArrayList<>();

	private final LeastRequests<Candidate> balancer = new LeastRequests<>(Function.identity(), "North",
			new EjectionListener<Candidate>() {

				@Override
				public void ejected(Candidate instance, int refusals, Duration passedOver) {
					PreferenceTests.this.told.add(instance.identity() + " " + refusals + " " + passedOver);
				}

				@Override
				public void readmitted(Candidate instance) {
					PreferenceTests.this.told.add(instance.identity() + " is back");
				}

			}, this.nanos::get, this.random::nextLong);

	@Test
	void theOwnZoneGetsAllRequestsWhileOneOfItIsUsable() {
		Candidate one = in("north", "one");
		Candidate other = in("NORTH", "other");
		Candidate far = in("south", "far");
		List<Candidate> instances = List.of(one, other, far, Candidate.of("nowhere"));
		assertThat(counts(100, instances)).isEqualTo(Map.of("one", 50, "other", 50));
		refuse(one);
		assertThat(counts(100, instances)).isEqualTo(Map.of("other", 100));
		refuse(other);
		assertThat(counts(100, instances)).isEqualTo(Map.of("far", 50, "nowhere", 50));
	}

	@Test
	void aZoneThatComesBackIsTriedWithOneRequestAndThenHasAllAgain() {
		Candidate near = in("north", "near");
		List<Candidate> instances = List.of(near, in("south", "far"));
		counts(10, instances);
		refuse(near);
		pass(SECOND);
		assertThat(counts(10, instances)).isEqualTo(Map.of("near", 1, "far", 9));
		this.balancer.begin(near).answered();
		assertThat(counts(10, instances)).isEqualTo(Map.of("near", 10));
	}

	@Test
	void aLargeListPrefersTheZoneToo() {
		List<Candidate> instances = new ArrayList<>();
		IntStream.range(0, 100).forEach((i) -> instances.add(in((i % 2 == 0) ? "north" : "south", i)));
		List<Candidate> fixed = List.copyOf(instances);
		assertThat(counts(1_000, fixed).keySet()).hasSize(50)
			.allSatisfy((name) -> assertThat(Integer.parseInt(name)).isEven());
		IntStream.range(0, 100).filter((i) -> i % 2 == 0).forEach((i) -> refuse(fixed.get(i)));
		assertThat(counts(1_000, fixed).keySet()).hasSize(50)
			.allSatisfy((name) -> assertThat(Integer.parseInt(name)).isOdd());
	}

	@Test
	void requestsAreSharedByWeight() {
		List<Candidate> instances = List.of(weighing(1, "a"), weighing(2, "b"), weighing(7, "c"));
		assertThat(counts(1_000, instances)).isEqualTo(Map.of("a", 100, "b", 200, "c", 700));
	}

	@Test
	void requestsInFlightAreSharedByWeight() {
		List<Candidate> instances = List.of(weighing(1, "a"), weighing(3, "b"));
		IntStream.range(0, 400).forEach((i) -> this.balancer.begin(this.balancer.choose(instances).orElseThrow()));
		assertThat(this.balancer.inFlight(instances.get(0))).isEqualTo(100);
		assertThat(this.balancer.inFlight(instances.get(1))).isEqualTo(300);
	}

	@Test
	void ofALargeListTheHeavyGetTheirShare() {
		List<Candidate> instances = IntStream.range(0, 200).mapToObj((i) -> weighing((i < 10) ? 19 : 1, i)).toList();
		List<Candidate> fixed = List.copyOf(instances);
		IntStream.range(0, 38_000).forEach((i) -> this.balancer.begin(this.balancer.choose(fixed).orElseThrow()));
		// 100 for each unit of weight on the average, of 380 units
		assertThat(fixed).allSatisfy(
				(instance) -> assertThat(this.balancer.inFlight(instance) / instance.weight()).as("%s", instance)
					.isBetween(75, 125));
	}

	@Test
	void weightZeroGetsNothingUnlessNoOtherIsUsable() {
		Candidate some = weighing(1, "some");
		List<Candidate> instances = List.of(weighing(0, "none"), some);
		assertThat(counts(100, instances)).isEqualTo(Map.of("some", 100));
		refuse(some);
		assertThat(counts(100, instances)).isEqualTo(Map.of("none", 100));
		assertThat(counts(100, List.of(weighing(0, "none"), weighing(0, "neither")))).hasSize(2);
	}

	@Test
	void aWeightThatChangesFloodsNobody() {
		counts(1_000, List.of(weighing(1, "a"), weighing(1, "b"), weighing(0, "c")));
		List<Candidate> after = List.of(weighing(1, "a"), weighing(8, "b"), weighing(1, "c"));
		assertThat(counts(1_000, after)).isEqualTo(Map.of("a", 100, "b", 800, "c", 100));
	}

	@Test
	void anInstanceThatWasAwayIsNotFloodedWhenItComesBack() {
		List<Candidate> both = List.of(Candidate.of("a"), Candidate.of("b"));
		counts(10, both);
		counts(1_000, List.of(Candidate.of("a")));
		pass(Duration.ofSeconds(20));
		assertThat(counts(100, both)).isEqualTo(Map.of("a", 50, "b", 50));
	}

	@Test
	void aSuspectThatRefusesIsPassedOverForAsLongAsItIsOne() {
		Candidate suspect = new Candidate("a", null, 1, true);
		List<Candidate> instances = List.of(suspect, Candidate.of("b"));
		assertThat(counts(10, instances)).isEqualTo(Map.of("a", 5, "b", 5));
		refuse(suspect);
		pass(Duration.ofHours(1));
		assertThat(counts(10, instances)).isEqualTo(Map.of("b", 10));
		assertThat(counts(10, List.of(Candidate.of("a"), Candidate.of("b")))).containsEntry("a", 1);
	}

	@Test
	void aSuspectIsTriedWhenNothingElseIsLeft() {
		Candidate suspect = new Candidate("a", null, 1, true);
		counts(1, List.of(suspect));
		refuse(suspect);
		assertThat(counts(10, List.of(suspect))).isEqualTo(Map.of("a", 10));
	}

	@Test
	void aRequestThatTriesAllThatArePassedOverTriesNoneTwice() {
		List<Candidate> instances = IntStream.range(0, 10).mapToObj(Candidate::of).toList();
		List<Candidate> fixed = List.copyOf(instances);
		counts(37, fixed);
		fixed.forEach(this::refuse);
		for (int i = 0; i < 3; i++) {
			List<Candidate> tried = new ArrayList<>();
			for (int attempt = 0; attempt < 10; attempt++) {
				pass(Duration.ofMillis(1));
				Candidate next = this.balancer.choose(fixed).orElseThrow();
				this.balancer.begin(next).refused();
				tried.add(next);
			}
			assertThat(tried).doesNotHaveDuplicates();
		}
	}

	@Test
	void theRestOfTheTimeIsKnown() {
		Candidate dead = Candidate.of("dead");
		counts(1, List.of(dead));
		assertThat(this.balancer.passedOver(dead)).isZero();
		refuse(dead);
		pass(Duration.ofMillis(400));
		assertThat(this.balancer.passedOver(dead)).isEqualTo(Duration.ofMillis(600));
		pass(Duration.ofMillis(600));
		assertThat(this.balancer.passedOver(dead)).isZero();
		assertThat(this.balancer.passedOver(Candidate.of("stranger"))).isZero();
	}

	@Test
	void theListenerIsToldOnceForEachTimeThatOneIsPassedOver() {
		Candidate dead = Candidate.of("dead");
		counts(1, List.of(dead));
		refuse(dead);
		refuse(dead);
		pass(SECOND);
		refuse(dead);
		this.balancer.begin(dead).answered();
		this.balancer.begin(dead).answered();
		assertThat(this.told).containsExactly("dead 1 PT1S", "dead 2 PT2S", "dead is back");
	}

	@Test
	void aNegativeWeightIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> weighing(-1, "a")).withMessageContaining("-1");
	}

	private void refuse(Candidate instance) {
		this.balancer.begin(instance).refused();
	}

	private Map<String, Integer> counts(int requests, List<Candidate> instances) {
		Map<String, Integer> counts = new TreeMap<>();
		for (int i = 0; i < requests; i++) {
			counts.merge(this.balancer.choose(instances).orElseThrow().identity().toString(), 1, Integer::sum);
		}
		return counts;
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private static Candidate in(String zone, Object identity) {
		return new Candidate(identity, zone, 1, false);
	}

	private static Candidate weighing(int weight, Object identity) {
		return new Candidate(identity, null, weight, false);
	}

}
