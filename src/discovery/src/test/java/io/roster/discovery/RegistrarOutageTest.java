package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RegistrarOutageTest {

	/** Longer than a restart. */
	private static final Duration SESSION = Duration.ofSeconds(6);

	private static final Duration BRIEF = Duration.ofSeconds(1);

	private static final String FIRST = "bikesvc0000000000";

	private static LocalEnsemble ensemble;

	private String root = "";

	private TcpProxy proxy;

	private Application application;

	private Application observer;

	private CuratorFramework stranger;

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stopEnsemble() {
		ensemble.close();
	}

	@BeforeEach
	void start(TestInfo test) {
		this.root = "/" + test.getTestMethod().orElseThrow().getName();
		this.proxy = new TcpProxy(ensemble.connectString());
		this.application = new Application(this.proxy.connectString(), this.root, SESSION).ready();
		this.observer = new Application(ensemble.connectString(), this.root).ready();
		this.stranger = this.observer.coordination.client();
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.observer.close();
		this.proxy.close();
	}

	@Test
	void aCreateWhoseAnswerIsLostMakesOneNode() throws Exception {
		this.stranger.create().forPath(this.root, new byte[0]);
		this.proxy.keepAnswers();
		Registration registration = register();
		this.observer.awaitIds("bikesvc", FIRST);
		assertThat(registration.registeredAs()).isEmpty();
		this.proxy.cut();
		this.proxy.mend();
		assertThat(registration.registered().get(30, TimeUnit.SECONDS)).isEqualTo(FIRST);
		this.application.awaitIds("bikesvc", FIRST);
		assertThat(this.stranger.checkExists().forPath(this.root).getCversion()).isOne();
	}

	@Test
	void severalLostCreatesAreToldApart() throws Exception {
		this.stranger.create().forPath(this.root, new byte[0]);
		this.proxy.keepAnswers();
		Registration one = register();
		Registration two = register();
		this.observer.awaitIds("bikesvc", FIRST, "bikesvc0000000001");
		this.proxy.cut();
		this.proxy.mend();
		String first = one.registered().get(30, TimeUnit.SECONDS);
		assertThat(two.registered().get(30, TimeUnit.SECONDS)).isNotEqualTo(first);
		assertThat(this.stranger.checkExists().forPath(this.root).getCversion()).isEqualTo(2);
	}

	@Test
	void aCreateThatNeverArrivedIsMadeAgain() throws Exception {
		this.proxy.keepRequests();
		Registration registration = register();
		this.proxy.cut();
		this.proxy.mend();
		assertThat(registration.registered().get(30, TimeUnit.SECONDS)).isEqualTo(FIRST);
		this.application.awaitIds("bikesvc", FIRST);
	}

	@Test
	void aChangeAndADeleteWhoseAnswersAreLostAreConfirmedAfterTheReconnect() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.proxy.keepAnswers();
		CompletableFuture<Void> changed = registration.status(InstanceStatus.DRAINING);
		await().atMost(Application.BOUND)
			.until(() -> this.stranger.checkExists().forPath(this.root + "/" + FIRST).getVersion() == 1);
		this.proxy.cut();
		this.proxy.mend();
		changed.get(30, TimeUnit.SECONDS);
		this.application.awaitIds("bikesvc", FIRST);
		this.proxy.keepAnswers();
		CompletableFuture<Void> gone = registration.deregister();
		this.observer.awaitIds("bikesvc");
		this.proxy.cut();
		this.proxy.mend();
		gone.get(30, TimeUnit.SECONDS);
	}

	@Test
	void deregisteringWithoutConnectionIsBoundedAndDoneWhenItIsBack() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.proxy.cut();
		CompletableFuture<Void> gone = registration.deregister();
		assertThatThrownBy(() -> gone.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
		assertThat(this.observer.ids("bikesvc")).containsExactly(FIRST);
		this.proxy.mend();
		this.observer.awaitIds("bikesvc");
		registration.deregister().get(30, TimeUnit.SECONDS);
	}

	@Test
	void closingWithoutConnectionDoesNotWaitAndTheNodeGoesWithTheSession() {
		Application brief = new Application(this.proxy.connectString(), this.root, BRIEF).ready();
		Registrar patient = new Registrar(List.of(brief.mirror), Clock.systemUTC(), Duration.ofDays(1));
		patient.register("bikesvc", InstanceData.at("127.0.0.1", 8790));
		this.observer.awaitIds("bikesvc", FIRST);
		this.proxy.cut();
		await().atMost(Application.BOUND).until(() -> brief.mirror.handle() == null);
		assertThat(CompletableFuture.runAsync(patient::close)).succeedsWithin(Application.BOUND);
		brief.close();
		this.observer.awaitIds("bikesvc");
	}

	@Test
	void closingWhileAnswersStallIsBounded() {
		Registrar brief = new Registrar(List.of(this.application.mirror), Clock.systemUTC(), Duration.ofMillis(200));
		brief.register("bikesvc", InstanceData.at("127.0.0.1", 8790));
		this.observer.awaitIds("bikesvc", FIRST);
		this.proxy.keepAnswers();
		assertThat(CompletableFuture.runAsync(brief::close)).succeedsWithin(Application.BOUND);
		this.observer.awaitIds("bikesvc");
	}

	@Test
	void aLineThatStallsForLongerThanTheSessionEndsWithOneNewNode() {
		Application brief = new Application(this.proxy.connectString(), this.root, BRIEF).ready();
		try (brief) {
			Registration registration = brief.register("bikesvc", 8790);
			this.proxy.keepRequests();
			this.observer.awaitIds("bikesvc");
			assertThat(registration.registeredAs()).as("nobody has told it").contains(FIRST);
			this.proxy.cut();
			this.proxy.mend();
			this.observer.awaitIds("bikesvc", "bikesvc0000000001");
			await().atMost(Application.BOUND)
				.until(() -> registration.registeredAs().equals(Optional.of("bikesvc0000000001")));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inBothLayoutsACreateWhoseAnswerIsLostMakesOneNode(boolean follows) throws Exception {
		this.root += "-" + follows;
		String services = this.root + "-services";
		this.observer.close();
		this.observer = new Application(ensemble.connectString(), this.root).ready();
		this.stranger = this.observer.coordination.client();
		Application both = (follows ? Application.inBothLayouts(this.proxy.connectString(), this.root, services)
				: Application.registeringInBothLayouts(this.proxy.connectString(), this.root, services))
			.ready();
		try (both) {
			this.stranger.create().forPath(this.root, new byte[0]);
			this.stranger.create().creatingParentsIfNeeded().forPath(services + "/bikesvc", new byte[0]);
			this.proxy.keepAnswers();
			Registration registration = both.registrar.register("bikesvc", InstanceData.at("127.0.0.1", 8790),
					RegistrationOptions.defaults().withInstanceId("one"));
			this.observer.awaitIds("bikesvc", FIRST);
			await().atMost(Application.BOUND)
				.until(() -> this.stranger.checkExists().forPath(services + "/bikesvc/one") != null);
			this.proxy.cut();
			this.proxy.mend();
			registration.status(InstanceStatus.DRAINING).get(30, TimeUnit.SECONDS);
			assertThat(this.stranger.checkExists().forPath(this.root).getCversion()).isOne();
			Stat stat = this.stranger.checkExists().forPath(services + "/bikesvc/one");
			assertThat(stat.getVersion()).isOne();
			assertThat(stat.getEphemeralOwner()).isEqualTo(both.session());
			assertThat(this.stranger.checkExists().forPath(services + "/bikesvc").getCversion()).isOne();
		}
	}

	@Test
	void whatAnOperatorSetsDuringAnOutageThatTheSessionSurvivesIsKept() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.observer.awaitIds("bikesvc", FIRST);
		this.proxy.cut();
		await().atMost(Application.BOUND).until(() -> this.application.mirror.handle() == null);
		CompletableFuture<Void> changed = registration.metadata(Map.of("zone", "a"));
		String path = this.root + "/" + FIRST;
		String id = InstanceFormat.registrationId(this.stranger.getData().forPath(path)).orElseThrow();
		InstanceData out = InstanceData.at("127.0.0.1", 8790).withStatus(InstanceStatus.OUT_OF_SERVICE);
		this.stranger.setData().forPath(path, InstanceFormat.write("bikesvc", id, Instant.now(), out));
		this.proxy.mend();
		changed.get(30, TimeUnit.SECONDS);
		Optional<String> now = registration.registeredAs();
		if (now.equals(Optional.of(FIRST))) {
			assertThat(InstanceFormat.read(this.stranger.getData().forPath(path)))
				.isEqualTo(out.withMetadata(Map.of("zone", "a")));
		}
	}

	@Test
	void aNameThatAnotherApplicationTookDuringTheOutageIsLeftToIt() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		long session = this.application.session();
		this.proxy.cut();
		ensemble.closeSession(session);
		ByHand.deleteAll(this.stranger, this.root);
		this.stranger.create().forPath(this.root, new byte[0]);
		byte[] foreign = "10.9.9.9:99".getBytes(StandardCharsets.UTF_8);
		assertThat(this.stranger.create()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath(this.root + "/bikesvc", foreign)).isEqualTo(this.root + "/" + FIRST);
		this.proxy.mend();
		this.application.awaitIds("bikesvc", FIRST, "bikesvc0000000001");
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(registration.registeredAs()).contains("bikesvc0000000001"));
		registration.deregister().get(30, TimeUnit.SECONDS);
		Stat stat = new Stat();
		assertThat(this.stranger.getData().storingStatIn(stat).forPath(this.root + "/" + FIRST)).isEqualTo(foreign);
		assertThat(stat.getVersion()).isZero();
	}

	@Test
	void aRestartThatTheSessionSurvivesKeepsTheNodeAndTheListMeanwhile() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.application.awaitIds("bikesvc", FIRST);
		long session = this.application.session();
		String revision = this.application.directory.instances("bikesvc").revision();
		ensemble.stop(1);
		await().atMost(Application.BOUND).until(() -> this.application.directory.instances("bikesvc").stale());
		assertThat(this.application.ids("bikesvc")).containsExactly(FIRST);
		assertThat(this.application.directory.services().services()).hasSize(1);
		ensemble.start(1, false);
		this.application.awaitIds("bikesvc", FIRST);
		assertThat(this.application.directory.instances("bikesvc").revision()).isEqualTo(revision);
		await().atMost(Application.BOUND).untilAsserted(() -> assertThat(registration.registeredAs()).contains(FIRST));
		assertThat(this.application.session()).isEqualTo(session);
	}

	@Test
	void aRestartThatOutlivesTheSessionEndsWithOneNewNode() {
		Application brief = new Application(ensemble.connectString(), this.root, BRIEF).ready();
		try (brief) {
			Registration registration = brief.register("bikesvc", 8790);
			long session = brief.session();
			ensemble.stop(1);
			// Curator gives the session up when it has been away for its timeout.
			await().pollDelay(Duration.ofSeconds(2)).atMost(Application.BOUND).until(brief.mirror::stale);
			ensemble.start(1, false);
			await().atMost(Application.BOUND)
				.until(() -> registration.registeredAs().filter("bikesvc0000000001"::equals).isPresent());
			brief.awaitIds("bikesvc", "bikesvc0000000001");
			assertThat(brief.session()).isNotEqualTo(session);
		}
	}

	@Test
	void anEmptiedEnsembleIsFilledAgain() {
		Registration registration = this.application.register("bikesvc", 8790);
		this.application.register("carsvc", 8791);
		String revision = this.application.directory.instances("bikesvc").revision();
		ensemble.stop(1);
		ensemble.start(1, true);
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(this.application.directory.instances("bikesvc").stale()).isFalse();
			assertThat(this.application.ids("bikesvc")).hasSize(1);
			assertThat(this.application.ids("carsvc")).hasSize(1);
			assertThat(registration.registeredAs()).isEqualTo(Optional.of(this.application.ids("bikesvc").get(0)));
		});
		assertThat(this.application.directory.instances("bikesvc").revision()).isNotEqualTo(revision);
	}

	private Registration register() {
		return this.application.registrar.register("bikesvc", InstanceData.at("127.0.0.1", 8790));
	}

}
