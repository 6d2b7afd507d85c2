package io.roster.discovery.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeastRequestsTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final Random random = new Random(7);

	private final LeastRequests<String> balancer = new LeastRequests<>(Candidate::of, null,
			(instance, refusals, passedOver) -> {
			}, this.nanos::get, this.random::nextLong);

	@Test
	void noInstancesIsNoChoice() {
		assertThat(this.balancer.choose(List.of())).isEmpty();
	}

	@Test
	void requestsOneAfterTheOtherAreSharedEvenly() {
		assertThat(counts(300, List.of("a", "b", "c"))).isEqualTo(Map.of("a", 100, "b", 100, "c", 100));
	}

	@Test
	void theOneWithFewerRequestsInFlightComesFirstWhateverWasServed() {
		List<String> instances = List.of("busy", "idle");
		counts(100, instances);
		Call first = this.balancer.begin("busy");
		Call second = this.balancer.begin("busy");
		assertThat(counts(50, instances)).isEqualTo(Map.of("idle", 50));
		first.answered();
		second.answered();
		assertThat(counts(50, instances)).isEqualTo(Map.of("busy", 50));
	}

	@Test
	void aNewcomerIsNotFlooded() {
		counts(1_000, List.of("a", "b"));
		assertThat(counts(300, List.of("a", "b", "newcomer"))).isEqualTo(Map.of("a", 100, "b", 100, "newcomer", 100));
	}

	@Test
	void aCallEndsOnceHoweverOftenItIsEnded() {
		this.balancer.choose(List.of("a"));
		Call call = this.balancer.begin("a");
		assertThat(this.balancer.inFlight("a")).isOne();
		call.close();
		call.answered();
		call.refused();
		assertThat(this.balancer.inFlight("a")).isZero();
	}

	@Test
	void anInstanceThatWasNeverChosenIsNotCounted() {
		this.balancer.begin("stranger").refused();
		assertThat(this.balancer.size()).isZero();
	}

	@Test
	void oneThatRefusesIsPassedOverForAGrowingTime() {
		List<String> instances = List.of("dead", "alive");
		counts(2, instances);
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30 }) {
			this.balancer.begin("dead").refused();
			pass(Duration.ofSeconds(seconds).minusNanos(1));
			assertThat(counts(20, instances)).isEqualTo(Map.of("alive", 20));
			pass(Duration.ofNanos(1));
			assertThat(counts(20, instances)).as("a single request tries it").containsEntry("dead", 1);
		}
	}

	@Test
	void aBurstOfRefusalsCountsOnce() {
		List<String> instances = List.of("dead", "alive");
		counts(2, instances);
		List<Call> burst = IntStream.range(0, 50).mapToObj((i) -> this.balancer.begin("dead")).toList();
		burst.forEach(Call::refused);
		pass(Duration.ofSeconds(1));
		assertThat(counts(10, instances)).containsKey("dead");
	}

	@Test
	void anAnswerLiftsThePassingOverUnlessItsRequestIsOlderThanTheRefusal() {
		List<String> instances = List.of("a", "b");
		counts(2, instances);
		Call accepted = this.balancer.begin("a");
		pass(Duration.ofMillis(10));
		this.balancer.begin("a").refused();
		accepted.answered();
		assertThat(counts(10, instances)).isEqualTo(Map.of("b", 10));
		this.balancer.begin("a").answered();
		assertThat(counts(10, instances)).as("and it is not flooded").isEqualTo(Map.of("a", 5, "b", 5));
	}

	@Test
	void whenAllRefuseAllAreTried() {
		List<String> instances = List.of("a", "b");
		counts(2, instances);
		instances.forEach((instance) -> this.balancer.begin(instance).refused());
		assertThat(counts(10, instances)).isEqualTo(Map.of("a", 5, "b", 5));
	}

	@Test
	void ofALargeListTwoAreComparedAndTheLoadStaysEven() {
		List<String> instances = IntStream.range(0, 1_000).mapToObj(String::valueOf).toList();
		for (int i = 0; i < 20_000; i++) {
			this.balancer.begin(this.balancer.choose(instances).orElseThrow());
		}
		// 20 on the average; one random choice would leave the fullest with some 36
		assertThat(instances).allSatisfy((instance) -> assertThat(this.balancer.inFlight(instance)).isBetween(13, 24));
	}

	@Test
	void ofALargeListNoneThatRefusesIsChosenWhileAnotherIsThere() {
		List<String> instances = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
		counts(5_000, instances);
		instances.stream().skip(1).forEach((instance) -> this.balancer.begin(instance).refused());
		assertThat(counts(100, instances)).isEqualTo(Map.of("0", 100));
	}

	@Test
	void theGoneAreForgottenAndTheFilteredAreNot() {
		List<String> before = IntStream.range(0, 20).mapToObj((i) -> "old" + i).toList();
		counts(20, before);
		this.balancer.begin("old0");
		List<String> after = List.of("new0", "new1");
		pass(Duration.ofSeconds(61));
		counts(1, after);
		assertThat(this.balancer.size()).as("the new ones, and the one with a request in flight").isEqualTo(3);
	}

	@Test
	void requestsThatArriveTogetherAreSpreadEvenly() throws Exception {
		List<String> instances = List.of("a", "b", "c", "d");
		Map<String, Integer> counts = new ConcurrentHashMap<>();
		together(() -> counts.merge(this.balancer.choose(instances).orElseThrow(), 1, Integer::sum));
		assertThat(counts).isEqualTo(Map.of("a", 2_000, "b", 2_000, "c", 2_000, "d", 2_000));
	}

	@Test
	void callsOfManyThreadsLeaveNoCountBehind() throws Exception {
		List<String> instances = List.of("a", "b", "c", "d");
		together(() -> {
			Call call = this.balancer.begin(this.balancer.choose(instances).orElseThrow());
			call.answered();
			call.close();
		});
		assertThat(instances).allSatisfy((instance) -> assertThat(this.balancer.inFlight(instance)).isZero());
	}

	/**
	 * Runs something 1,000 times in each of eight threads.
	 */
	private static void together(Runnable each) throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<?>> done = new ArrayList<>();
		for (int t = 0; t < 8; t++) {
			done.add(threads.submit(() -> {
				go.await();
				IntStream.range(0, 1_000).forEach((i) -> each.run());
				return null;
			}));
		}
		go.countDown();
		for (Future<?> one : done) {
			one.get(30, TimeUnit.SECONDS);
		}
		threads.shutdown();
	}

	private Map<String, Integer> counts(int requests, List<String> instances) {
		Map<String, Integer> counts = new TreeMap<>();
		for (int i = 0; i < requests; i++) {
			counts.merge(this.balancer.choose(instances).orElseThrow(), 1, Integer::sum);
		}
		return counts;
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
