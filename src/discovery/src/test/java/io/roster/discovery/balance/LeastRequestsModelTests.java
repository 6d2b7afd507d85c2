package io.roster.discovery.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random joins, leaves, requests and their ends, against the plainest model of the rule.
 */
class LeastRequestsModelTests {

	private static final int STEPS = 5_000;

	private final AtomicLong nanos = new AtomicLong();

	private final Map<String, Integer> inFlight = new HashMap<>();

	private final Map<String, Integer> weights = new HashMap<>();

	private final List<Begun> begun = new ArrayList<>();

	private List<String> instances = List.of();

	private int named;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void theFewestRequestsForItsWeightInFlightIsChosenWhateverHappens(long seed) {
		Random random = new Random(seed);
		LeastRequests<String> balancer = new LeastRequests<>(this::candidate, null,
				(instance, refusals, passedOver) -> {
				}, this.nanos::get, random::nextLong);
		for (int step = 0; step < STEPS; step++) {
			this.nanos.addAndGet(random.nextLong(Duration.ofMillis(10).toNanos()));
			switch (random.nextInt(20)) {
				case 0 -> join(random);
				case 1 -> leave(random);
				case 2, 3, 4, 5, 6, 7, 8, 9 -> end(random);
				default -> request(balancer);
			}
		}
		while (!this.begun.isEmpty()) {
			end(random);
		}
		assertThat(this.instances).allSatisfy((instance) -> assertThat(balancer.inFlight(instance)).isZero());
	}

	private Candidate candidate(String instance) {
		return new Candidate(instance, null, weight(instance), false);
	}

	private int weight(String instance) {
		return this.weights.getOrDefault(instance, 1);
	}

	private void join(Random random) {
		if (this.instances.size() < Group.EXACT_UP_TO) {
			String name = "i" + this.named++;
			this.weights.put(name, 1 + random.nextInt(5));
			List<String> more = new ArrayList<>(this.instances);
			more.add(random.nextInt(more.size() + 1), name);
			this.instances = List.copyOf(more);
		}
	}

	private void leave(Random random) {
		if (!this.instances.isEmpty()) {
			List<String> fewer = new ArrayList<>(this.instances);
			fewer.remove(random.nextInt(fewer.size()));
			this.instances = List.copyOf(fewer);
		}
	}

	private void end(Random random) {
		if (!this.begun.isEmpty()) {
			Begun one = this.begun.remove(random.nextInt(this.begun.size()));
			this.inFlight.merge(one.instance(), -1, Integer::sum);
			if (random.nextBoolean()) {
				one.call().answered();
			}
			one.call().close();
		}
	}

	private void request(LeastRequests<String> balancer) {
		if (this.instances.isEmpty()) {
			assertThat(balancer.choose(this.instances)).isEmpty();
			return;
		}
		String chosen = balancer.choose(this.instances).orElseThrow();
		double least = this.instances.stream().mapToDouble(this::occupation).min().orElseThrow();
		assertThat(occupation(chosen)).isEqualTo(least);
		this.begun.add(new Begun(chosen, balancer.begin(chosen)));
		this.inFlight.merge(chosen, 1, Integer::sum);
		assertThat(this.instances).allSatisfy((instance) -> assertThat(balancer.inFlight(instance))
			.isEqualTo(this.inFlight.getOrDefault(instance, 0)));
	}

	private double occupation(String instance) {
		return this.inFlight.getOrDefault(instance, 0) / (double) weight(instance);
	}

	/**
	 * Without anything in flight the totals decide: whoever comes when, from the newest
	 * arrival on each has its share, but for the two rounds in which it may have been
	 * ahead or behind.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14 })
	void fromTheNewestArrivalOnAllAreServedTheirShare(long seed) {
		Random random = new Random(seed);
		LeastRequests<String> balancer = new LeastRequests<>(this::candidate, null,
				(instance, refusals, passedOver) -> {
				}, this.nanos::get, random::nextLong);
		for (int round = 0; round < 50; round++) {
			join(random);
			if (this.instances.size() > 1 && random.nextInt(3) == 0) {
				leave(random);
			}
			Map<String, Integer> served = new HashMap<>();
			int weight = this.instances.stream().mapToInt(this::weight).sum();
			for (int i = 0; i < 20 * weight; i++) {
				served.merge(balancer.choose(this.instances).orElseThrow(), 1, Integer::sum);
			}
			assertThat(this.instances).allSatisfy((instance) -> assertThat(served.getOrDefault(instance, 0))
				.isBetween(18 * weight(instance), 22 * weight(instance)));
			this.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
		}
	}

	private record Begun(String instance, Call call) {
	}

}
