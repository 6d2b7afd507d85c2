package io.roster.discovery.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code @LoadBalanced} clients of a real application against real instances.
 */
class LoadBalancingTests {

	private static LocalEnsemble ensemble;

	private static ConfigurableApplicationContext consumer;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		consumer = TestApplication.startConsumer(ensemble);
	}

	@AfterAll
	static void stop() {
		consumer.close();
		ensemble.close();
	}

	@Test
	void requestsAreSharedEvenlyByRestClientAndWebClient() {
		try (ConfigurableApplicationContext one = TestApplication.start(ensemble, "even");
				ConfigurableApplicationContext two = TestApplication.start(ensemble, "even")) {
			awaitInstances("even", 2);
			RestClient client = TestApplication.client(consumer);
			assertThat(counts(100, () -> get(client, "even")))
				.isEqualTo(Map.of(TestApplication.port(one), 50, TestApplication.port(two), 50));
			WebClient reactive = consumer.getBean(WebClient.Builder.class).build();
			assertThat(counts(100,
					() -> reactive.get().uri("http://even/port").retrieve().bodyToMono(String.class).block()))
				.isEqualTo(Map.of(TestApplication.port(one), 50, TestApplication.port(two), 50));
		}
	}

	@Test
	void stoppingAnInstanceUnderLoadFailsNoRequest() throws Exception {
		try (ConfigurableApplicationContext stays = TestApplication.start(ensemble, "rolling");
				ConfigurableApplicationContext noFailover = TestApplication.startConsumer(ensemble,
						"roster.discovery.failover.enabled=false")) {
			ConfigurableApplicationContext leaves = TestApplication.start(ensemble, "rolling");
			awaitInstances(noFailover, "rolling", 2);
			Load load = new Load(TestApplication.client(noFailover), "rolling", 8);
			await().until(() -> load.answers(leaves) > 100 && load.answers(stays) > 100);
			leaves.close();
			int before = load.answers(stays);
			await().until(() -> load.answers(stays) > before + 100);
			assertThat(load.stop()).as("failed requests").isEmpty();
		}
	}

	@Test
	void aDeadInstanceFailsNoRequestWhileItIsStillListed() throws Exception {
		try (ConfigurableApplicationContext alive = TestApplication.start(ensemble, "half")) {
			String dead = consumer.getBean(CuratorFramework.class)
				.create()
				.creatingParentsIfNeeded()
				.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
				.forPath("/servers/half", "127.0.0.1:1".getBytes(UTF_8));
			awaitInstances("half", 2);
			RestClient client = TestApplication.client(consumer);
			assertThat(counts(20, () -> get(client, "half"))).isEqualTo(Map.of(TestApplication.port(alive), 20));
			assertThat(counts(20, () -> client.post().uri("http://half/port").retrieve().body(String.class)))
				.as("a POST that was never sent may go to another instance")
				.isEqualTo(Map.of(TestApplication.port(alive), 20));
			consumer.getBean(CuratorFramework.class).delete().forPath(dead);
		}
	}

	private static void awaitInstances(String service, int count) {
		awaitInstances(consumer, service, count);
	}

	private static void awaitInstances(ConfigurableApplicationContext consumer, String service, int count) {
		DiscoveryClient client = consumer.getBean(DiscoveryClient.class);
		await().until(() -> client.getInstances(service).size() == count);
	}

	private static String get(RestClient client, String service) {
		return Objects.requireNonNull(client.get().uri("http://" + service + "/port").retrieve().body(String.class));
	}

	private static Map<String, Integer> counts(int requests, Supplier<String> request) {
		Map<String, Integer> counts = new ConcurrentHashMap<>();
		IntStream.range(0, requests).forEach((i) -> counts.merge(request.get(), 1, Integer::sum));
		return counts;
	}

	/** Requests without a pause, until it is stopped. */
	private static final class Load {

		private final Map<String, Integer> answers = new ConcurrentHashMap<>();

		private final List<Exception> failures = new CopyOnWriteArrayList<>();

		private final AtomicBoolean stopped = new AtomicBoolean();

		private final ExecutorService threads;

		private final List<Future<?>> clients = new ArrayList<>();

		Load(RestClient client, String service, int threads) {
			this.threads = Executors.newFixedThreadPool(threads);
			for (int i = 0; i < threads; i++) {
				this.clients.add(this.threads.submit(() -> request(client, service)));
			}
		}

		private void request(RestClient client, String service) {
			while (!this.stopped.get()) {
				try {
					this.answers.merge(get(client, service), 1, Integer::sum);
				}
				catch (RuntimeException ex) {
					this.failures.add(ex);
				}
			}
		}

		int answers(ConfigurableApplicationContext instance) {
			return this.answers.getOrDefault(TestApplication.port(instance), 0);
		}

		List<Exception> stop() throws Exception {
			this.stopped.set(true);
			for (Future<?> each : this.clients) {
				each.get(30, TimeUnit.SECONDS);
			}
			this.threads.shutdown();
			return this.failures;
		}

	}

}
