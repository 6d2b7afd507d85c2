package io.roster.lockservice;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.roster.ensemble.LocalEnsemble;
import io.roster.lockservice.connection.ConnectionProbe;
import io.roster.locks.LockQueues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that closes its connection while its call waits leaves the queue within its
 * TTL, however long the call would have waited.
 */
@Execution(ExecutionMode.CONCURRENT)
class GoneClientTest {

	private static final Duration BOUND = Duration.ofSeconds(60);

	@TempDir
	private static Path keys;

	private static LocalEnsemble ensemble;

	private static Replica plain;

	private static Replica tls;

	private final UUID waiter = UUID.randomUUID();

	private String lock;

	@BeforeAll
	static void start() throws Exception {
		ensemble = LocalEnsemble.start(1);
		plain = Replica.start(ensemble.connectString()).awaitReady();
		Path store = keys.resolve("keys.p12");
		makeKey(store);
		tls = Replica.start(ensemble.connectString(), "server.ssl.key-store=" + store,
				"server.ssl.key-store-password=for-this-test", "server.ssl.key-store-type=PKCS12");
		await().atMost(BOUND).until(tls.bean(LockQueues.class)::available);
	}

	private static void makeKey(Path store) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-alias", "test", "-dname", "CN=localhost", "-storetype", "PKCS12",
				"-keystore", store.toString(), "-storepass", "for-this-test")
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
	}

	@AfterAll
	static void stop() {
		tls.close();
		plain.close();
		ensemble.close();
	}

	@BeforeEach
	void hold() {
		this.lock = "gone-" + UUID.randomUUID();
		plain.acquire(this.lock, UUID.randomUUID(), "10m", "0s");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoClosesItsConnectionLeavesTheQueue(boolean encrypted) throws Exception {
		try (Socket client = connect(encrypted)) {
			send(client, put("5m", "5s"));
			awaitWaiters(1);
		}
		awaitWaiters(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoIsKilledLeavesTheQueue(boolean encrypted) throws Exception {
		Socket client = connect(encrypted);
		send(client, put("5m", "5s"));
		awaitWaiters(1);
		reset(client);
		awaitWaiters(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whoStaysIsNotDisturbedAndItsNextRequestIsNotLost(boolean encrypted) throws Exception {
		try (Socket client = connect(encrypted)) {
			client.setSoTimeout((int) BOUND.toMillis());
			String look = "GET /api/v1/locks/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
				.formatted(this.lock);
			send(client, put("1s", "60s"));
			awaitWaiters(1);
			awaitLooks(encrypted);
			// Sent ahead, while the first call waits still or just has its answer.
			send(client, look);
			String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answers).startsWith("HTTP/1.1 202").contains("HTTP/1.1 200").contains("\"waiters\":[{");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aRequestThatIsSentAheadIsAnsweredAfterTheGrant(boolean encrypted) throws Exception {
		UUID holder = UUID.fromString(plain.queue(this.lock).json().path("holders").path(0).path("lease").asString());
		try (Socket client = connect(encrypted)) {
			client.setSoTimeout((int) BOUND.toMillis());
			send(client, put("5m", "5s"));
			send(client, "GET /api/v1/locks/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
				.formatted(this.lock));
			awaitWaiters(1);
			awaitLooks(encrypted);
			plain.release(this.lock, holder);
			String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answers).startsWith("HTTP/1.1 200").contains("\"state\":\"HELD\"").contains("\"waiters\":[]");
		}
	}

	@Test
	void whoHasSaidAllItWillSayIsAnsweredThatItWaits() throws Exception {
		try (Socket client = connect(false)) {
			client.setSoTimeout((int) BOUND.toMillis());
			send(client, put("5m", "5s"));
			awaitWaiters(1);
			client.shutdownOutput();
			InputStream in = client.getInputStream();
			assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 202");
		}
	}

	@Test
	void whoIsSilentIsKeptForItsWaitAndItsTtl() throws Exception {
		try (Socket client = connect(false)) {
			send(client, put("1s", "5s"));
			awaitWaiters(1);
			awaitWaiters(0);
			assertThat(client.isClosed()).isFalse();
		}
	}

	private static void awaitLooks(boolean encrypted) {
		ConnectionProbe probe = (encrypted ? tls : plain).bean(ConnectionProbe.class);
		long before = probe.rounds();
		await().atMost(BOUND).until(() -> probe.rounds() > before + 1);
	}

	private void awaitWaiters(int count) {
		await().atMost(BOUND)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> plain.queue(this.lock).json().path("waiters").size() == count);
	}

	private String put(String wait, String ttl) {
		String body = "{\"ttl\":\"%s\",\"wait\":\"%s\"}".formatted(ttl, wait);
		return "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(Replica.lease(this.lock, this.waiter), body.length(), body);
	}

	private static void send(Socket client, String request) throws IOException {
		client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		client.getOutputStream().flush();
	}

	/** The connection ends as that of a killed process does whose answers are unread. */
	private static void reset(Socket client) throws IOException {
		client.setSoLinger(true, 0);
		client.close();
	}

	private static Socket connect(boolean encrypted) throws Exception {
		if (!encrypted) {
			return new Socket(plain.url().getHost(), plain.url().getPort());
		}
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new TrustsAll() }, new SecureRandom());
		return context.getSocketFactory().createSocket(tls.url().getHost(), tls.url().getPort());
	}

	private static final class TrustsAll implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			// The key was made for this test.
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			// The key was made for this test.
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
