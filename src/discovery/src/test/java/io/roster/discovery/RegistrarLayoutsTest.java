package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Registration in both layouts.
 */
class RegistrarLayoutsTest {

	private static final InstanceData DATA = InstanceData.at("127.0.0.1", 8790);

	private static LocalEnsemble ensemble;

	private final List<Application> applications = new ArrayList<>();

	private String root = "";

	private String services = "";

	private Application application;

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
		String name = "/" + test.getTestMethod().orElseThrow().getName();
		this.root = name + "/servers";
		this.services = name + "/services";
		this.application = application();
		this.stranger = application().coordination.client();
	}

	@AfterEach
	void stop() {
		this.applications.forEach(Application::close);
	}

	private Application application() {
		Application made = Application.inBothLayouts(ensemble.connectString(), this.root, this.services).ready();
		this.applications.add(made);
		return made;
	}

	@Test
	void curatorFindsTheInstanceUnderTheIdThatStandsInBothNodes() throws Exception {
		Registration registration = register(
				RegistrationOptions.defaults().withUriSpec("{scheme}://{address}:{port}/x"),
				DATA.withMetadata(Map.of("zone", "a")).withSecure(true));
		try (ServiceDiscovery<ZookeeperInstance> curator = ServiceDiscoveryBuilder.builder(ZookeeperInstance.class)
			.client(this.stranger)
			.basePath(this.services)
			.build()) {
			ServiceInstance<ZookeeperInstance> found = curator.queryForInstances("bikesvc").iterator().next();
			assertThat(found.buildUriSpec()).isEqualTo("https://127.0.0.1:8790/x");
			assertThat(found.getPayload().metadata).isEqualTo(Map.of("zone", "a", "instance_status", "UP"));
			assertThat(curator.queryForNames()).containsExactly("bikesvc");
			byte[] data = this.stranger.getData().forPath(this.root + "/" + registration.registeredAs().orElseThrow());
			assertThat(data).isEqualTo(this.stranger.getData().forPath(path(found.getId())));
			Stat stat = this.stranger.checkExists().forPath(path(found.getId()));
			assertThat(stat.getEphemeralOwner()).isEqualTo(this.application.session());
		}
	}

	@Test
	void statusAndMetadataChangeInBothAndBothAreDeregistered() throws Exception {
		Registration registration = register(RegistrationOptions.defaults().withInstanceId("one"), DATA);
		assertThat(InstanceFormat.registrationId(this.stranger.getData().forPath(path("one")))).contains("one");
		registration.metadata(Map.of("zone", "b")).get(20, TimeUnit.SECONDS);
		registration.status(InstanceStatus.DRAINING).get(20, TimeUnit.SECONDS);
		for (String path : List.of(path("one"), this.root + "/bikesvc0000000000")) {
			assertThat(InstanceFormat.read(this.stranger.getData().forPath(path)))
				.isEqualTo(DATA.withStatus(InstanceStatus.DRAINING).withMetadata(Map.of("zone", "b")));
			assertThat(this.stranger.checkExists().forPath(path).getVersion()).isEqualTo(2);
		}
		registration.deregister().get(20, TimeUnit.SECONDS);
		assertThat(this.stranger.checkExists().forPath(path("one"))).isNull();
		assertThat(this.stranger.getChildren().forPath(this.root)).isEmpty();
	}

	@Test
	void bothComeBackWhenTheyAreDeletedByHand() throws Exception {
		register(RegistrationOptions.defaults().withInstanceId("one"), DATA);
		long before = this.stranger.checkExists().forPath(path("one")).getCzxid();
		ByHand.deleteAll(this.stranger, this.services);
		ByHand.deleteAll(this.stranger, this.root);
		await().atMost(Application.BOUND).until(() -> stands(path("one"), before));
		await().atMost(Application.BOUND).until(() -> this.application.ids("bikesvc").size() == 1);
	}

	private boolean stands(String path, long otherThan) throws Exception {
		Stat stat = this.stranger.checkExists().forPath(path);
		return stat != null && stat.getCzxid() != otherThan && stat.getEphemeralOwner() == this.application.session();
	}

	@Test
	void bothComeBackWithANewSessionUnderTheSameId() throws Exception {
		register(RegistrationOptions.defaults().withInstanceId("one"), DATA);
		long before = this.stranger.checkExists().forPath(path("one")).getCzxid();
		ensemble.closeSession(this.application.session());
		await().atMost(Application.BOUND).until(() -> stands(path("one"), before));
		this.application.awaitIds("bikesvc", "bikesvc0000000001");
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(this.application.registrar.reregistrations()).isOne());
	}

	@Test
	void theNodeOfAnotherSessionUnderTheSameNameIsLeftUntilItGoes() throws Exception {
		byte[] foreign = "an earlier process".getBytes(StandardCharsets.UTF_8);
		this.stranger.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path("one"), foreign);
		Registration registration = register(RegistrationOptions.defaults().withInstanceId("one"), DATA);
		Stat stat = new Stat();
		assertThat(this.stranger.getData().storingStatIn(stat).forPath(path("one"))).isEqualTo(foreign);
		assertThat(stat.getVersion()).isZero();
		assertThat(registration.registeredAs()).as("the other layout does not wait").isPresent();
		this.stranger.delete().forPath(path("one"));
		await().atMost(Application.BOUND).until(() -> stands(path("one"), stat.getCzxid()));
	}

	@Test
	void anIdIsRefusedTwiceAndIfItIsNoNameOfANode() throws Exception {
		Registration registration = register(RegistrationOptions.defaults().withInstanceId("one"), DATA);
		RegistrationOptions same = RegistrationOptions.defaults().withInstanceId("one");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.application.registrar.register("bikesvc", DATA, same))
			.withMessageContaining("registered here already");
		long before = this.stranger.checkExists().forPath(path("one")).getCzxid();
		registration.close();
		this.application.registrar.register("bikesvc", DATA, same).registered().get(20, TimeUnit.SECONDS);
		await().atMost(Application.BOUND).until(() -> stands(path("one"), before));
		for (String bad : new String[] { "", "a/b", "..", "a\u0000" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> same.withInstanceId(bad))
				.withMessageStartingWith("the id of an instance must");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> same.withUriSpec("{scheme"))
			.withMessageContaining("{scheme");
	}

	private Registration register(RegistrationOptions options, InstanceData data) throws Exception {
		Registration registration = this.application.registrar.register("bikesvc", data, options);
		registration.registered().get(20, TimeUnit.SECONDS);
		await().atMost(Application.BOUND)
			.until(() -> this.stranger.checkExists().forPath(path(options.instanceId())) != null);
		return registration;
	}

	private String path(String id) {
		return this.services + "/bikesvc/" + id;
	}

}
