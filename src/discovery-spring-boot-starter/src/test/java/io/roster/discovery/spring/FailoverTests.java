package io.roster.discovery.spring;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.roster.discovery.Directory;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceStatus;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Every kind of load-balanced client of a real application, against servers that answer,
 * refuse, drop and keep silent. Spring Retry is there, and changes nothing.
 */
class FailoverTests {

	private static final AtomicInteger SERVICES = new AtomicInteger();

	private static LocalEnsemble ensemble;

	private static ConfigurableApplicationContext consumer;

	private final String service = "peers-" + SERVICES.incrementAndGet();

	private final List<Peer> peers = new ArrayList<>();

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		consumer = new SpringApplicationBuilder(Consumer.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.register-shutdown-hook=false",
					"spring.application.name=consumer", "spring.cloud.zookeeper.discovery.register=false",
					"spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
					"spring.cloud.loadbalancer.zone=north", "spring.http.serviceclient.blocking.base-url=lb://nobody",
					"spring.http.serviceclient.reactive.base-url=lb://nobody")
			.run();
	}

	@AfterAll
	static void stop() {
		consumer.close();
		ensemble.close();
	}

	@AfterEach
	void closePeers() {
		assertNothingIsInFlight();
		this.peers.forEach(Peer::close);
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void aChangeIsSeenByTheNextCall(ClientKind client) throws Exception {
		Peer first = open(Peer.answering());
		String node = register(first.port());
		assertThat(counts(client, HttpMethod.GET, 4)).isEqualTo(Map.of(first.port(), 4));
		Peer second = open(Peer.answering());
		register(second.port());
		assertThat(counts(client, HttpMethod.GET, 4)).isEqualTo(Map.of(first.port(), 2, second.port(), 2));
		curator().delete().forPath(node);
		awaitInstances(1);
		assertThat(counts(client, HttpMethod.GET, 4)).isEqualTo(Map.of(second.port(), 4));
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void aRequestThatWasNeverSentGoesToTheNextWhateverItsMethod(ClientKind client) throws Exception {
		Peer alive = open(Peer.answering());
		register(alive.port());
		register(Peer.refusingPort());
		assertThat(counts(client, HttpMethod.POST, 6)).isEqualTo(Map.of(alive.port(), 6));
		assertThat(counts(client, HttpMethod.GET, 6)).isEqualTo(Map.of(alive.port(), 6));
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void aRequestWithoutAnAnswerGoesToTheNextIfItIsIdempotent(ClientKind client) throws Exception {
		Peer alive = open(Peer.answering());
		register(alive.port());
		Peer.Dropping dropping = open(Peer.dropping());
		register(dropping.port());
		assertThat(counts(client, HttpMethod.GET, 6)).isEqualTo(Map.of(alive.port(), 6));
		assertThat(dropping.dropped()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void aPostWithoutAnAnswerIsSentOnce(ClientKind client) throws Exception {
		Peer.Dropping dropping = open(Peer.dropping());
		register(dropping.port());
		assertThat(catchThrowable(() -> client.call(HttpMethod.POST, this.service))).isNotNull();
		assertThat(dropping.dropped()).isOne();
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void whenAllRefuseTheRequestFailsAfterAllHaveBeenTried(ClientKind client) throws Exception {
		register(Peer.refusingPort());
		register(Peer.refusingPort());
		Throwable failure = catchThrowable(() -> client.call(HttpMethod.GET, this.service));
		assertThat(ConnectionFailure.of(failure)).isEqualTo(ConnectionFailure.NEVER_SENT);
	}

	@Test
	void aStreamThatHasBeenReadIsNotSentAgain() throws Exception {
		Peer.Dropping dropping = open(Peer.dropping());
		register(dropping.port());
		assertThat(catchThrowable(() -> put(Flux.just("a", "bike")))).isNotNull();
		assertThat(dropping.dropped()).isOne();
	}

	@Test
	void aStreamThatNobodyHasReadGoesToTheNext() throws Exception {
		Peer alive = open(Peer.answering());
		register(alive.port());
		register(Peer.refusingPort());
		for (int i = 0; i < 4; i++) {
			assertThat(put(Flux.just("a", "bike"))).isEqualTo(String.valueOf(alive.port()));
		}
	}

	@Test
	void aValueIsSentAgain() throws Exception {
		Peer alive = open(Peer.answering());
		register(alive.port());
		register(open(Peer.dropping()).port());
		for (int i = 0; i < 4; i++) {
			assertThat(webClient().put()
				.uri(uri(this.service))
				.bodyValue("bike")
				.retrieve()
				.bodyToMono(String.class)
				.block()).isEqualTo(String.valueOf(alive.port()));
		}
	}

	@Test
	void aCancelledRequestIsInFlightNoLonger() throws Exception {
		register(open(Peer.silent()).port());
		Disposable request = webClient().get().uri(uri(this.service)).retrieve().toBodilessEntity().subscribe();
		await().until(() -> inFlight() == 1);
		request.dispose();
		await().until(() -> inFlight() == 0);
	}

	@Test
	void aRequestThatTookTooLongIsInFlightNoLongerAndIsNotSentAgain() throws Exception {
		register(open(Peer.silent()).port());
		register(open(Peer.silent()).port());
		assertThatThrownBy(() -> webClient().get()
			.uri(uri(this.service))
			.retrieve()
			.toBodilessEntity()
			.timeout(Duration.ofMillis(300))
			.block()).isNotNull();
		await().until(() -> inFlight() == 0);
	}

	@Test
	void anAnswerThatIsNotReadIsNotInFlight() throws Exception {
		register(open(Peer.answering()).port());
		restClient().get().uri(uri(this.service)).exchange((request, response) -> {
			assertNothingIsInFlight();
			return response.getStatusCode();
		});
	}

	@Test
	void anErrorEndsTheRequest() throws Exception {
		register(open(Peer.answering()).port());
		RestClient failing = consumer.getBean(RestClient.Builder.class)
			.clone()
			.requestInterceptor((request, body, execution) -> {
				throw new StackOverflowError("on purpose");
			})
			.build();
		assertThatThrownBy(() -> failing.get().uri(uri(this.service)).retrieve().toBodilessEntity())
			.isInstanceOf(StackOverflowError.class);
	}

	@Test
	void theInterceptorsBehindTheLoadBalancerRunForEachInstance() throws Exception {
		Peer alive = open(Peer.answering());
		register(alive.port());
		register(Peer.refusingPort());
		List<Integer> ports = new ArrayList<>();
		RestClient observed = consumer.getBean(RestClient.Builder.class)
			.clone()
			.requestInterceptor((request, body, execution) -> {
				ports.add(request.getURI().getPort());
				return execution.execute(request, body);
			})
			.build();
		observed.get().uri(uri(this.service)).retrieve().toBodilessEntity();
		observed.get().uri(uri(this.service)).retrieve().toBodilessEntity();
		assertThat(ports).hasSize(3).contains(alive.port());
	}

	@Test
	void aFailureOfTheApplicationIsNotTriedAgain() throws Exception {
		register(open(Peer.answering()).port());
		AtomicInteger calls = new AtomicInteger();
		RestClient failing = consumer.getBean(RestClient.Builder.class)
			.clone()
			.requestInterceptor((request, body, execution) -> {
				calls.incrementAndGet();
				throw new IllegalStateException("on purpose");
			})
			.build();
		assertThatThrownBy(() -> failing.get().uri(uri(this.service)).retrieve().toBodilessEntity())
			.isInstanceOf(IllegalStateException.class);
		assertThat(calls).hasValue(1);
	}

	@Test
	void bothDiscoveryClientsShowTheList() throws Exception {
		int port = Peer.refusingPort();
		register(port);
		assertThat(discovered()).extracting(ServiceInstance::getPort).containsExactly(port);
		assertThat(consumer.getBean(ReactiveDiscoveryClient.class).getInstances(this.service).collectList().block())
			.extracting(ServiceInstance::getPort)
			.containsExactly(port);
	}

	@ParameterizedTest
	@EnumSource(ClientKind.class)
	void theOwnZoneComesFirstUntilItRefuses(ClientKind client) throws Exception {
		Peer far = open(Peer.answering());
		Peer near = open(Peer.answering());
		try (Registration there = register(far, "south"); Registration here = register(near, "north")) {
			awaitInstances(2);
			assertThat(counts(client, HttpMethod.GET, 4)).isEqualTo(Map.of(near.port(), 4));
			near.close();
			assertThat(counts(client, HttpMethod.GET, 4)).isEqualTo(Map.of(far.port(), 4));
		}
		awaitInstances(0);
	}

	private Registration register(Peer peer, String zone) {
		return consumer.getBean(Registrar.class)
			.register(this.service,
					new InstanceData("127.0.0.1", peer.port(), false, InstanceStatus.UP, Map.of("zone", zone)));
	}

	@Test
	void whoIsPassedOverIsCountedAndShown() throws Exception {
		String node = register(Peer.refusingPort());
		assertThat(catchThrowable(() -> restClient().get().uri(uri(this.service)).retrieve().toBodilessEntity()))
			.isNotNull();
		assertThat(consumer.getBean(MeterRegistry.class)
			.get("roster.discovery.ejections")
			.tag("service", this.service)
			.counter()
			.count()).isPositive();
		await().until(() -> catchThrowable(
				() -> restClient().get().uri(uri(this.service)).retrieve().toBodilessEntity()) != null
				&& consumer.getBean(ServiceBalancers.class)
					.passedOver(consumer.getBean(Directory.class).instances(this.service))
					.containsKey(node));
	}

	private String put(Flux<String> body) {
		return String.valueOf(webClient().put()
			.uri(uri(this.service))
			.body(body, String.class)
			.retrieve()
			.bodyToMono(String.class)
			.block());
	}

	private <P extends Peer> P open(P peer) {
		this.peers.add(peer);
		return peer;
	}

	private String register(int port) throws Exception {
		int before = discovered().size();
		String node = curator().create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath("/servers/" + this.service, ("127.0.0.1:" + port).getBytes(UTF_8));
		awaitInstances(before + 1);
		return node;
	}

	private void awaitInstances(int count) {
		await().until(() -> discovered().size() == count);
	}

	private List<ServiceInstance> discovered() {
		return consumer.getBean(DiscoveryClient.class).getInstances(this.service);
	}

	private Map<Integer, Integer> counts(ClientKind client, HttpMethod method, int requests) throws IOException {
		Map<Integer, Integer> counts = new TreeMap<>();
		for (int i = 0; i < requests; i++) {
			counts.merge(Integer.valueOf(client.call(method, this.service)), 1, Integer::sum);
		}
		return counts;
	}

	private void assertNothingIsInFlight() {
		assertThat(inFlight()).isZero();
	}

	private int inFlight() {
		return discovered().stream()
			.mapToInt((instance) -> consumer.getBean(ServiceBalancers.class).of(this.service).inFlight(instance))
			.sum();
	}

	private static CuratorFramework curator() {
		return consumer.getBean(CuratorFramework.class);
	}

	private static RestClient restClient() {
		return consumer.getBean(RestClient.Builder.class).clone().build();
	}

	private static WebClient webClient() {
		return consumer.getBean(WebClient.Builder.class).clone().build();
	}

	private static URI uri(String service) {
		return URI.create("http://" + service + "/bikes");
	}

	enum ClientKind {

		REST_CLIENT {
			@Override
			String call(HttpMethod method, String service) {
				return String.valueOf(restClient().method(method).uri(uri(service)).retrieve().body(String.class));
			}
		},

		REST_TEMPLATE {
			@Override
			String call(HttpMethod method, String service) {
				return String.valueOf(consumer.getBean(RestTemplate.class)
					.exchange(uri(service), method, null, String.class)
					.getBody());
			}
		},

		WEB_CLIENT {
			@Override
			String call(HttpMethod method, String service) {
				return String
					.valueOf(webClient().method(method).uri(uri(service)).retrieve().bodyToMono(String.class).block());
			}
		},

		INTERFACE_OVER_REST_CLIENT {
			@Override
			String call(HttpMethod method, String service) {
				BlockingBikes bikes = consumer.getBean(BlockingBikes.class);
				return method.equals(HttpMethod.POST) ? bikes.post(uri(service)) : bikes.get(uri(service));
			}
		},

		INTERFACE_OVER_WEB_CLIENT {
			@Override
			String call(HttpMethod method, String service) {
				ReactiveBikes bikes = consumer.getBean(ReactiveBikes.class);
				return method.equals(HttpMethod.POST) ? bikes.post(uri(service)) : bikes.get(uri(service));
			}
		};

		abstract String call(HttpMethod method, String service) throws IOException;

	}

	interface BlockingBikes {

		@GetExchange
		String get(URI uri);

		@PostExchange
		String post(URI uri);

	}

	interface ReactiveBikes {

		@GetExchange
		String get(URI uri);

		@PostExchange
		String post(URI uri);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "blocking", types = BlockingBikes.class)
	@ImportHttpServices(group = "reactive", types = ReactiveBikes.class, clientType = ClientType.WEB_CLIENT)
	static class Consumer {

		@Bean
		@LoadBalanced
		RestClient.Builder restClientBuilder() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestTemplate restTemplate() {
			return new RestTemplate();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClientBuilder() {
			return WebClient.builder();
		}

	}

}
