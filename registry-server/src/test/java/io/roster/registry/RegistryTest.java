package io.roster.registry;

import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The application on an ensemble that is there already; one of each for all tests that
 * extend this. Each test uses a service of its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "roster.stream.heartbeat=200ms", "roster.stream.buffer=100" })
abstract class RegistryTest {

	private static final LocalEnsemble ensemble = LocalEnsemble.start(1);

	@LocalServerPort
	private int port;

	@SuppressWarnings("NullAway.Init")
	ApiClient api;

	@SuppressWarnings("NullAway.Init")
	Nodes nodes;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry properties) {
		properties.add("spring.cloud.zookeeper.connect-string", ensemble::connectString);
		// Where nothing listens, whatever else runs on this machine.
		properties.add("roster.console.lock-service", () -> "http://127.0.0.1:1");
	}

	@BeforeEach
	void open() throws InterruptedException {
		this.api = new ApiClient(this.port);
		this.nodes = new Nodes(ensemble.connectString());
	}

	@AfterEach
	void close() {
		this.nodes.close();
	}

	int port() {
		return this.port;
	}

}
