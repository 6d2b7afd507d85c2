package io.roster.access;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class AuditLogTests {

	private static final TestKey viewer = TestKey.make("vic", "viewer");

	private static final TestKey client = TestKey.make("billing", "client");

	private static TestService service;

	private final Lines lines = new Lines();

	@BeforeAll
	static void start() {
		service = TestService.start(TestKey.properties(viewer, client));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void listen() {
		this.lines.start();
		logger().addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		logger().detachAppender(this.lines);
		assertThat(this.lines.events).noneMatch((line) -> line.toString().contains("rk_"));
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger("io.roster.audit");
	}

	@Test
	void aChangeIsOneLineWithWhoDidWhatAndHowItEnded() throws Exception {
		service.send("POST", "/body?secret=s3cr3t", client.value(), BodyPublishers.ofString("a body"));
		ILoggingEvent line = this.lines.awaitOne();
		assertThat(pairs(line)).isEqualTo(Map.of("principal", "billing", "role", "client", "method", "POST", "path",
				"/body", "status", 200, "outcome", "done", "remote", "127.0.0.1"));
		assertThat(line.getFormattedMessage()).isEqualTo("POST /body by billing (client) from 127.0.0.1: 200 done");
	}

	@Test
	void anAnswerThatComesLaterIsLoggedWithItsOwnStatus() throws Exception {
		service.post("/later/202", client.value());
		assertThat(pairs(this.lines.awaitOne())).containsEntry("status", 202).containsEntry("outcome", "done");
		service.post("/later/503", client.value());
		assertThat(pairs(this.lines.await(2))).containsEntry("status", 503).containsEntry("outcome", "failed");
	}

	@Test
	void whatIsRefusedIsLoggedToo() throws Exception {
		service.post("/body", null);
		assertThat(pairs(this.lines.awaitOne())).containsEntry("status", 401)
			.containsEntry("outcome", "refused")
			.doesNotContainKeys("principal", "role");
		service.post("/body", viewer.value());
		assertThat(pairs(this.lines.await(2))).containsEntry("status", 403).containsEntry("principal", "vic");
		service.send("POST", "/body", client.value(), BodyPublishers.ofByteArray(new byte[2000]));
		assertThat(pairs(this.lines.await(3))).containsEntry("status", 413).containsEntry("principal", "billing");
	}

	@Test
	void whatBreaksIsLoggedAsFailed() throws Exception {
		service.post("/fails", client.value());
		assertThat(pairs(this.lines.awaitOne())).containsEntry("status", 500)
			.containsEntry("outcome", "failed")
			.containsEntry("principal", "billing");
	}

	@Test
	void renewalsThatAreDoneCanBeSilencedAlone() throws Exception {
		service.send("PUT", "/renewal", client.value(), BodyPublishers.noBody());
		assertThat(this.lines.awaitOne().getLoggerName()).isEqualTo("io.roster.audit.renewals");
		service.send("PUT", "/renewal", viewer.value(), BodyPublishers.noBody());
		assertThat(this.lines.await(2).getLoggerName()).isEqualTo("io.roster.audit");
	}

	@Test
	void whoOnlyLooksIsNotLogged() throws Exception {
		service.get("/who", viewer.value());
		service.get("/who", null);
		service.post("/body", null);
		assertThat(pairs(this.lines.awaitOne())).containsEntry("path", "/body");
	}

	private static Map<String, Object> pairs(ILoggingEvent line) {
		return line.getKeyValuePairs().stream().collect(Collectors.toMap((pair) -> pair.key, (pair) -> pair.value));
	}

	/** What was logged. */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.events.add(event);
		}

		ILoggingEvent awaitOne() {
			return await(1);
		}

		/** The line with a number; a line may come after the client has its answer. */
		ILoggingEvent await(int number) {
			Awaitility.await("line " + number)
				.atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(10))
				.until(() -> this.events.size() >= number);
			assertThat(this.events).hasSize(number);
			return this.events.get(number - 1);
		}

	}

}
