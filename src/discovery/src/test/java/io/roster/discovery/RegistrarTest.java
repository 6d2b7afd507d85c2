package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.roster.coordination.MirrorOptions;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * In applications that follow everybody, and in such as only register.
 */
@ParameterizedClass
@ValueSource(booleans = { true, false })
class RegistrarTest {

	private static LocalEnsemble ensemble;

	private final boolean follows;

	private final List<Application> applications = new ArrayList<>();

	private String root = "";

	private Application application;

	private CuratorFramework stranger;

	RegistrarTest(boolean follows) {
		this.follows = follows;
	}

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
		this.root = "/" + test.getTestMethod().orElseThrow().getName() + "-" + this.follows + "/servers";
		this.application = application();
		this.stranger = application().coordination.client();
	}

	@AfterEach
	void stop() {
		this.applications.forEach(Application::close);
	}

	private Application application() {
		MirrorOptions registrars = this.follows ? MirrorOptions.withData() : MirrorOptions.ownNodes();
		Application made = Application.registeringBy(registrars, ensemble.connectString(), this.root).ready();
		this.applications.add(made);
		return made;
	}

	@Test
	void anInstanceIsAnEphemeralSequentialNodeBelowAPersistentRoot() throws Exception {
		Instant before = Instant.now().minusSeconds(1);
		Registration registration = this.application.register("bikesvc", 8790);
		assertThat(registration.registeredAs()).contains("bikesvc0000000000");
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
		Stat stat = this.stranger.checkExists().forPath(this.root + "/bikesvc0000000000");
		assertThat(stat.getEphemeralOwner()).isEqualTo(this.application.session());
		assertThat(this.stranger.checkExists().forPath(this.root).getEphemeralOwner()).isZero();
		Instance instance = this.application.directory.instances("bikesvc").instances().get(0);
		assertThat(instance).isEqualTo(new Instance("bikesvc0000000000", "bikesvc", 0, this.root + "/bikesvc0000000000",
				"127.0.0.1", 8790, false, InstanceStatus.UP, Map.of(), Instant.ofEpochMilli(stat.getCtime()),
				Layout.SEQUENTIAL, stat.getCzxid(), false));
		assertThat(instance.routable()).isTrue();
		assertThat(instance.registeredAt()).isAfter(before);
	}

	@Test
	void statusAndMetadataChangeInPlace() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		registration.status(InstanceStatus.OUT_OF_SERVICE).get(30, TimeUnit.SECONDS);
		registration.metadata(Map.of("zone", "a")).get(30, TimeUnit.SECONDS);
		byte[] data = this.stranger.getData().forPath(this.root + "/bikesvc0000000000");
		assertThat(InstanceFormat.read(data)).isEqualTo(InstanceData.at("127.0.0.1", 8790)
			.withStatus(InstanceStatus.OUT_OF_SERVICE)
			.withMetadata(Map.of("zone", "a")));
		assertThat(registration.registeredAs()).contains("bikesvc0000000000");
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(this.application.directory.instances("bikesvc").instances()).singleElement()
				.returns(false, Instance::routable));
	}

	@Test
	void whatAnOperatorSetsStandsAboveTheOwnStatus() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		String path = this.root + "/bikesvc0000000000";
		InstanceData out = InstanceData.at("127.0.0.1", 8790).withStatus(InstanceStatus.OUT_OF_SERVICE);
		String id = InstanceFormat.registrationId(this.stranger.getData().forPath(path)).orElseThrow();
		this.stranger.setData().forPath(path, InstanceFormat.write("bikesvc", id, Instant.now(), out));
		await().atMost(Application.BOUND)
			.untilAsserted(
					() -> assertThat(registration.effective().status()).isEqualTo(InstanceStatus.OUT_OF_SERVICE));
		registration.metadata(Map.of("zone", "a")).get(30, TimeUnit.SECONDS);
		assertThat(InstanceFormat.read(this.stranger.getData().forPath(path)))
			.isEqualTo(out.withMetadata(Map.of("zone", "a")));
	}

	@Test
	void deregisteringIsConfirmedAndMayBeRepeated() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		registration.deregister().get(30, TimeUnit.SECONDS);
		assertThat(this.stranger.getChildren().forPath(this.root)).isEmpty();
		registration.deregister().get(30, TimeUnit.SECONDS);
		registration.close();
		assertThat(registration.registeredAs()).isEmpty();
		assertThat(this.application.registrar).returns(0, Registrar::registered)
			.returns(0L, Registrar::reregistrations)
			.returns(List.of(), Registrar::registrations);
		assertThat(registration.status(InstanceStatus.UP)).failsWithin(Duration.ofSeconds(30));
	}

	@Test
	void leavingIsSaidAndDoneInOneTransaction() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		List<WatchedEvent> events = new CopyOnWriteArrayList<>();
		this.stranger.getZookeeperClient()
			.getZooKeeper()
			.addWatch(this.root + "/bikesvc0000000000", events::add, AddWatchMode.PERSISTENT);
		registration.deregister().get(30, TimeUnit.SECONDS);
		await().atMost(Duration.ofSeconds(30)).until(() -> events.size() == 2);
		assertThat(events).extracting(WatchedEvent::getType)
			.containsExactly(EventType.NodeDataChanged, EventType.NodeDeleted);
		assertThat(events).extracting(WatchedEvent::getZxid).containsOnly(events.get(0).getZxid());
	}

	@Test
	void anInstanceWhoseDataHasNoRoomForAnotherStatusLeavesAllTheSame() throws Exception {
		InstanceData small = InstanceData.at("127.0.0.1", 8790).withMetadata(Map.of("pad", ""));
		int room = InstanceFormat.LARGEST - InstanceFormat.write("bikesvc", "full", Instant.now(), small).length;
		Registration registration = this.application.registrar.register("bikesvc",
				small.withMetadata(Map.of("pad", "x".repeat(room))),
				RegistrationOptions.defaults().withInstanceId("full"));
		registration.registered().get(30, TimeUnit.SECONDS);
		registration.deregister().get(30, TimeUnit.SECONDS);
		assertThat(this.stranger.getChildren().forPath(this.root)).isEmpty();
	}

	@Test
	void deregisteringAtOnceLeavesNothingBehind() throws Exception {
		List<Registration> registrations = IntStream.range(0, 20)
			.mapToObj((i) -> this.application.registrar.register("bikesvc", InstanceData.at("127.0.0.1", 1 + i)))
			.toList();
		for (Registration each : registrations) {
			each.deregister().get(30, TimeUnit.SECONDS);
		}
		Stat stat = this.stranger.checkExists().forPath(this.root);
		assertThat((stat != null) ? stat.getNumChildren() : 0).isZero();
	}

	@Test
	void closingTheRegistrarDeregistersAllAndMayBeRepeated() throws Exception {
		this.application.register("bikesvc", 1);
		this.application.register("carsvc", 2);
		this.application.registrar.close();
		assertThat(this.stranger.getChildren().forPath(this.root)).isEmpty();
		this.application.registrar.close();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.application.registrar.register("bikesvc", InstanceData.at("a", 1)))
			.withMessageContaining("closed");
	}

	@Test
	void whatCannotBeRegisteredIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.application.registrar.register("a/b", InstanceData.at("a", 1)));
		InstanceData large = InstanceData.at("a", 1).withMetadata(Map.of("k", "v".repeat(100_000)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.application.registrar.register("a", large));
	}

	@Test
	void aSessionClosedFromOutsideIsFollowedByOneNewNode() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		List<Optional<String>> ids = new CopyOnWriteArrayList<>();
		registration.onChange(ids::add);
		long session = this.application.session();
		ensemble.closeSession(session);
		this.application.awaitIds("bikesvc", "bikesvc0000000001");
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(ids).containsExactly(Optional.of("bikesvc0000000000"), Optional.empty(),
					Optional.of("bikesvc0000000001")));
		Stat stat = this.stranger.checkExists().forPath(this.root + "/bikesvc0000000001");
		assertThat(stat.getEphemeralOwner()).isEqualTo(this.application.session()).isNotEqualTo(session);
		assertThat(this.stranger.getChildren().forPath(this.root)).hasSize(1);
		assertThat(this.application.registrar).returns(1, Registrar::registered)
			.returns(1L, Registrar::reregistrations)
			.returns(List.of(registration), Registrar::registrations);
	}

	@Test
	void allComeBackWhenTheRootIsDeletedByHand() throws Exception {
		Application other = application();
		this.application.register("bikesvc", 1);
		this.application.register("bikesvc", 2);
		other.register("carsvc", 3);
		ByHand.deleteAll(this.stranger, this.root);
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(endpoints("bikesvc", "carsvc")).containsExactlyInAnyOrder(1, 2, 3));
		assertThat(this.stranger.checkExists().forPath(this.root).getEphemeralOwner()).isZero();
	}

	private List<Integer> endpoints(String... services) {
		return List.of(services)
			.stream()
			.flatMap((service) -> this.application.directory.instances(service).instances().stream())
			.map(Instance::port)
			.toList();
	}

	@Test
	void hundredsComeBackWhenTheRootIsDeletedByHand() throws Exception {
		Application other = application();
		List<Registration> all = IntStream.range(0, 200)
			.mapToObj((i) -> ((i % 2 == 0) ? this.application : other).registrar.register("bikesvc",
					InstanceData.at("127.0.0.1", 1 + i)))
			.toList();
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(endpoints("bikesvc")).hasSize(200).doesNotHaveDuplicates());
		ByHand.deleteAll(this.stranger, this.root);
		await().atMost(Application.BOUND)
			.until(() -> this.application.registrar.reregistrations() + other.registrar.reregistrations() >= 200);
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(endpoints("bikesvc")).hasSize(200).doesNotHaveDuplicates());
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(all).extracting((each) -> each.registeredAs().orElse(""))
				.containsExactlyInAnyOrderElementsOf(this.application.ids("bikesvc")));
	}

	@Test
	void aHealthyNodeIsNeverMadeAgain() throws Exception {
		this.application.register("bikesvc", 1);
		Stat before = this.stranger.checkExists().forPath(this.root + "/bikesvc0000000000");
		Registration other = this.application.register("carsvc", 2);
		other.status(InstanceStatus.DRAINING).get(30, TimeUnit.SECONDS);
		other.deregister().get(30, TimeUnit.SECONDS);
		assertThat(this.stranger.checkExists().forPath(this.root + "/bikesvc0000000000")).isEqualTo(before);
	}

	@Test
	void applicationsThatRaceGetANumberEach() {
		Application other = application();
		List<CompletableFuture<String>> all = IntStream.range(0, 50)
			.mapToObj((i) -> ((i % 2 == 0) ? this.application : other).registrar.register("bikesvc",
					InstanceData.at("127.0.0.1", 1 + i)))
			.map(Registration::registered)
			.toList();
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).orTimeout(30, TimeUnit.SECONDS).join();
		assertThat(all).extracting(CompletableFuture::join).doesNotHaveDuplicates().hasSize(50);
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(endpoints("bikesvc")).hasSize(50).doesNotHaveDuplicates());
	}

	@Test
	void aForeignNodeThatTookTheOwnNameIsNotTouched() throws Exception {
		Registration registration = this.application.register("bikesvc", 8790);
		String path = this.root + "/bikesvc0000000000";
		byte[] foreign = "10.9.9.9:99".getBytes(StandardCharsets.UTF_8);
		this.stranger.transaction()
			.forOperations(this.stranger.transactionOp().delete().forPath(path),
					this.stranger.transactionOp().delete().forPath(this.root),
					this.stranger.transactionOp().create().forPath(this.root, new byte[0]),
					this.stranger.transactionOp().create().withMode(CreateMode.EPHEMERAL).forPath(path, foreign));
		this.application.awaitIds("bikesvc", "bikesvc0000000000", "bikesvc0000000001");
		registration.status(InstanceStatus.DRAINING).get(30, TimeUnit.SECONDS);
		registration.deregister().get(30, TimeUnit.SECONDS);
		Stat stat = new Stat();
		assertThat(this.stranger.getData().storingStatIn(stat).forPath(path)).isEqualTo(foreign);
		assertThat(stat.getVersion()).isZero();
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
	}

	@Test
	void aCreateThatIsRefusedIsTriedUntilItIsThere() throws Exception {
		String parent = this.root.substring(0, this.root.lastIndexOf('/'));
		this.stranger.create().withMode(CreateMode.EPHEMERAL).forPath(parent);
		Registration registration = this.application.registrar.register("bikesvc", InstanceData.at("127.0.0.1", 1));
		assertThat(registration.registered()).failsWithin(Duration.ofMillis(500))
			.withThrowableOfType(TimeoutException.class);
		this.stranger.delete().forPath(parent);
		assertThat(registration.registered()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("bikesvc0000000000");
	}

	@Test
	void aChangeThatTheEndOvertakesFails() {
		Registration registration = this.application.register("bikesvc", 1);
		this.application.registrar.close();
		assertThat(registration.status(InstanceStatus.DRAINING)).failsWithin(Duration.ofSeconds(1));
		assertThat(registration.deregister()).succeedsWithin(Duration.ofSeconds(1));
	}

}
