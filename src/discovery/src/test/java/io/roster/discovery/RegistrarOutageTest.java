package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RegistrarOutageTest {

	private static final String ROOT = "/servers";

	/** Longer than the wait for a deregistration, and than a restart. */
	private static final Duration SESSION = Duration.ofSeconds(6);

	private static final String FIRST = "bikesvc0000000000";

	private LocalEnsemble ensemble;

	private TcpProxy proxy;

	private Application application;

	private Application observer;

	private CuratorFramework stranger;

	@BeforeEach
	void start() {
		this.ensemble = LocalEnsemble.start(1);
		this.proxy = new TcpProxy(this.ensemble.connectString());
		this.application = new Application(this.proxy.connectString(), ROOT, SESSION).ready();
		this.observer = new Application(this.ensemble.connectString(), ROOT).ready();
		this.stranger = this.observer.coordination.client();
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.observer.close();
		this.proxy.close();
		this.ensemble.close();
	}

	@Test
	void aCreateWhoseAnswerIsLostMakesOneNode() throws Exception {
		this.stranger.create().forPath(ROOT, new byte[0]);
		this.proxy.keepAnswers();
		Registration registration = register();
		this.observer.awaitIds("bikesvc", FIRST);
		assertThat(registration.registeredAs()).isEmpty();
		this.proxy.cut();
		this.proxy.mend();
		assertThat(registration.registered().get(15, TimeUnit.SECONDS)).isEqualTo(FIRST);
		this.application.awaitIds("bikesvc", FIRST);
		assertThat(this.stranger.checkExists().forPath(ROOT).getCversion()).isOne();
	}

	@Test
	void severalLostCreatesAreToldApart() throws Exception {
		this.stranger.create().forPath(ROOT, new byte[0]);
		this.proxy.keepAnswers();
		Registration one = register();
		Registration two = register();
		this.observer.awaitIds("bikesvc", FIRST, "bikesvc0000000001");
		this.proxy.cut();
		this.proxy.mend();
		String first = one.registered().get(15, TimeUnit.SECONDS);
		assertThat(two.registered().get(15, TimeUnit.SECONDS)).isNotEqualTo(first);
		assertThat(this.stranger.checkExists().forPath(ROOT).getCversion()).isEqualTo(2);
	}

	@Test
	void aCreateThatNeverArrivedIsMadeAgain() throws Exception {
		this.proxy.keepRequests();
		Registration registration = register();
		this.proxy.cut();
		this.proxy.mend();
		assertThat(registration.registered().get(15, TimeUnit.SECONDS)).isEqualTo(FIRST);
		this.application.awaitIds("bikesvc", FIRST);
	}

	@Test
	void aChangeAndADeleteWhoseAnswersAreLostAreConfirmedAfterTheReconnect() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.proxy.keepAnswers();
		CompletableFuture<Void> changed = registration.status(InstanceStatus.DRAINING);
		await().atMost(Application.BOUND)
			.until(() -> this.stranger.checkExists().forPath(ROOT + "/" + FIRST).getVersion() == 1);
		this.proxy.cut();
		this.proxy.mend();
		changed.get(15, TimeUnit.SECONDS);
		this.application.awaitIds("bikesvc", FIRST);
		this.proxy.keepAnswers();
		CompletableFuture<Void> gone = registration.deregister();
		this.observer.awaitIds("bikesvc");
		this.proxy.cut();
		this.proxy.mend();
		gone.get(15, TimeUnit.SECONDS);
	}

	@Test
	void deregisteringWithoutConnectionIsBoundedAndDoneWhenItIsBack() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.proxy.cut();
		CompletableFuture<Void> gone = registration.deregister();
		assertThatThrownBy(() -> gone.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
		assertThat(this.observer.ids("bikesvc")).containsExactly(FIRST);
		this.proxy.mend();
		this.observer.awaitIds("bikesvc");
		registration.deregister().get(15, TimeUnit.SECONDS);
	}

	@Test
	void closingWithoutConnectionIsBoundedAndTheNodeGoesWithTheSession() {
		this.application.register("bikesvc", 8790);
		this.proxy.cut();
		long start = System.nanoTime();
		this.application.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		this.observer.awaitIds("bikesvc");
	}

	@Test
	void aNameThatAnotherApplicationTookDuringTheOutageIsLeftToIt() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		long session = this.application.session();
		this.proxy.cut();
		this.ensemble.closeSession(session);
		this.stranger.delete().deletingChildrenIfNeeded().forPath(ROOT);
		this.stranger.create().forPath(ROOT, new byte[0]);
		byte[] foreign = "10.9.9.9:99".getBytes(StandardCharsets.UTF_8);
		assertThat(this.stranger.create().withMode(CreateMode.EPHEMERAL_SEQUENTIAL).forPath(ROOT + "/bikesvc", foreign))
			.isEqualTo(ROOT + "/" + FIRST);
		this.proxy.mend();
		this.application.awaitIds("bikesvc", FIRST, "bikesvc0000000001");
		assertThat(registration.registeredAs()).contains("bikesvc0000000001");
		registration.deregister().get(10, TimeUnit.SECONDS);
		Stat stat = new Stat();
		assertThat(this.stranger.getData().storingStatIn(stat).forPath(ROOT + "/" + FIRST)).isEqualTo(foreign);
		assertThat(stat.getVersion()).isZero();
	}

	@Test
	void aRestartThatTheSessionSurvivesKeepsTheNodeAndTheListMeanwhile() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		this.application.awaitIds("bikesvc", FIRST);
		long session = this.application.session();
		String revision = this.application.directory.instances("bikesvc").revision();
		this.ensemble.stop(1);
		await().atMost(Application.BOUND).until(() -> this.application.directory.instances("bikesvc").stale());
		assertThat(this.application.ids("bikesvc")).containsExactly(FIRST);
		assertThat(this.application.directory.services().services()).hasSize(1);
		this.ensemble.start(1, false);
		this.application.awaitIds("bikesvc", FIRST);
		assertThat(this.application.directory.instances("bikesvc").revision()).isEqualTo(revision);
		assertThat(registration.registeredAs()).contains(FIRST);
		assertThat(this.application.session()).isEqualTo(session);
	}

	@Test
	void aRestartThatOutlivesTheSessionEndsWithOneNewNode() {
		Application brief = new Application(this.ensemble.connectString(), ROOT, Duration.ofSeconds(1)).ready();
		try (brief) {
			Registration registration = brief.register("bikesvc", 8790);
			long session = brief.session();
			this.ensemble.stop(1);
			// Curator gives the session up when it has been away for its timeout.
			await().pollDelay(Duration.ofSeconds(2)).atMost(Application.BOUND).until(brief.mirror::stale);
			this.ensemble.start(1, false);
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
		this.ensemble.stop(1);
		this.ensemble.start(1, true);
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
