package io.roster.discovery.spring;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What each of the HTTP clients throws.
 */
class ConnectionFailureOfClientsTests {

	@ParameterizedTest
	@MethodSource("clients")
	void aRefusedConnectionWasNeverSent(Client client) {
		Throwable failure = catchThrowable(() -> client.post(Peer.refusingPort()));
		assertThat(ConnectionFailure.of(failure)).as("%s", failure).isEqualTo(ConnectionFailure.NEVER_SENT);
	}

	@ParameterizedTest
	@MethodSource("clients")
	void aConnectionThatIsClosedBeforeTheAnswerIsNoAnswer(Client client) {
		try (Peer peer = Peer.dropping()) {
			Throwable failure = catchThrowable(() -> client.post(peer.port()));
			assertThat(ConnectionFailure.of(failure)).as("%s", failure).isEqualTo(ConnectionFailure.NO_ANSWER);
		}
	}

	/**
	 * A client that tries a kept connection's request again by itself may never fail.
	 */
	@ParameterizedTest
	@MethodSource("clients")
	void aKeptConnectionThatTheServerDropsIsNoAnswer(Client client) {
		try (Peer peer = Peer.droppingAfterOne()) {
			client.post(peer.port());
			Throwable failure = catchThrowable(() -> client.post(peer.port()));
			if (failure != null) {
				assertThat(ConnectionFailure.of(failure)).as("%s", failure).isEqualTo(ConnectionFailure.NO_ANSWER);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("impatientClients")
	void aSlowAnswerIsTheCallersBusiness(Client client) {
		try (Peer peer = Peer.silent()) {
			Throwable failure = catchThrowable(() -> client.post(peer.port()));
			assertThat(failure).isNotNull();
			assertThat(ConnectionFailure.of(failure)).as("%s", failure).isEqualTo(ConnectionFailure.OTHER);
		}
	}

	static Stream<Named<Client>> clients() {
		return clients(Duration.ofSeconds(60));
	}

	static Stream<Named<Client>> impatientClients() {
		return clients(Duration.ofMillis(200));
	}

	private static Stream<Named<Client>> clients(Duration patience) {
		JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();
		jdk.setReadTimeout(patience);
		SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
		simple.setReadTimeout(patience);
		HttpComponentsClientHttpRequestFactory apache = new HttpComponentsClientHttpRequestFactory();
		apache.setReadTimeout(patience);
		ReactorClientHttpRequestFactory reactor = new ReactorClientHttpRequestFactory();
		reactor.setReadTimeout(patience);
		JdkClientHttpConnector reactiveJdk = new JdkClientHttpConnector();
		reactiveJdk.setReadTimeout(patience);
		ReactorClientHttpConnector reactiveNetty = new ReactorClientHttpConnector(
				HttpClient.create().responseTimeout(patience));
		return Stream.of(blocking("JDK HttpClient", jdk), blocking("HttpURLConnection", simple),
				blocking("Apache HttpClient", apache), blocking("Reactor Netty, blocking", reactor),
				reactive("JDK HttpClient, reactive", WebClient.builder().clientConnector(reactiveJdk)),
				reactive("Reactor Netty", WebClient.builder().clientConnector(reactiveNetty)));
	}

	private static Named<Client> blocking(String name, ClientHttpRequestFactory factory) {
		RestClient client = RestClient.builder().requestFactory(factory).build();
		return Named.of(name,
				(port) -> client.post().uri("http://127.0.0.1:" + port).body("bike").retrieve().toBodilessEntity());
	}

	private static Named<Client> reactive(String name, WebClient.Builder builder) {
		WebClient client = builder.build();
		return Named.of(name,
				(port) -> client.post()
					.uri("http://127.0.0.1:" + port)
					.bodyValue("bike")
					.retrieve()
					.toBodilessEntity()
					.block());
	}

	@FunctionalInterface
	interface Client {

		void post(int port);

	}

}
