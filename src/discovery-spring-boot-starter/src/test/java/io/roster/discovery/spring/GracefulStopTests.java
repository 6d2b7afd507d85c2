package io.roster.discovery.spring;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.roster.discovery.Directory;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The order of a stop, in both kinds of web application.
 */
class GracefulStopTests {

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

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void anInstanceLeavesTheListsAndThenFinishesItsRequests(WebApplicationType type) throws Exception {
		String name = "graceful-" + type.name().toLowerCase(Locale.ROOT);
		SlowEndpoint endpoint = new SlowEndpoint();
		ConfigurableApplicationContext context = start(type, name, endpoint);
		Directory directory = consumer.getBean(Directory.class);
		await().until(() -> directory.instances(name).instances().size() == 1);
		CompletableFuture<String> answer = CompletableFuture
			.supplyAsync(() -> RestClient.create("http://127.0.0.1:" + TestApplication.port(context) + "/slow")
				.get()
				.retrieve()
				.body(String.class));
		assertThat(endpoint.arrived.await(30, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
		await().until(() -> directory.instances(name).instances().isEmpty());
		assertThat(closed).as("a request is in flight").isNotDone();
		assertThat(answer).isNotDone();
		endpoint.end.countDown();
		assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("done");
		closed.get(60, TimeUnit.SECONDS);
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String name, SlowEndpoint endpoint) {
		SpringApplication application = TestApplication.application(ensemble);
		application.setWebApplicationType(type);
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean("slowEndpoint",
				SlowEndpoint.class, () -> endpoint));
		return application.run("--spring.application.name=" + name);
	}

	@RestController
	static class SlowEndpoint {

		private final CountDownLatch arrived = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@GetMapping("/slow")
		Mono<String> slow() {
			return Mono.fromCallable(() -> {
				this.arrived.countDown();
				assertThat(this.end.await(60, TimeUnit.SECONDS)).isTrue();
				return "done";
			}).subscribeOn(Schedulers.boundedElastic());
		}

	}

}
