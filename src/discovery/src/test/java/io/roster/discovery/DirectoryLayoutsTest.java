package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceType;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Both layouts, and all that foreign programs write into them. */
class DirectoryLayoutsTest {

	private static LocalEnsemble ensemble;

	private String base = "";

	private Coordination coordination;

	private CuratorFramework client;

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stopEnsemble() {
		ensemble.close();
	}

	@BeforeEach
	void connect(TestInfo test) {
		this.base = "/" + test.getTestMethod().orElseThrow().getName() + test.getDisplayName().hashCode();
		this.coordination = Coordination.connect(ensemble.connectString(), java.time.Duration.ofSeconds(10));
		this.client = this.coordination.client();
	}

	@AfterEach
	void disconnect() {
		this.coordination.close();
	}

	@Test
	void rootsThatAreNotThereYetAreFollowedAllTheSame() throws Exception {
		Directory directory = directory("/servers", "/services");
		assertThat(directory.services().services()).isEmpty();
		create("/services/bikesvc/one", "10.0.0.1:80");
		awaitIds(directory, "bikesvc", "one");
		create("/servers/bikesvc0000000001", "10.0.0.2:80");
		awaitIds(directory, "bikesvc", "bikesvc0000000001", "one");
		assertThat(directory.instances("bikesvc").instances()).extracting(Instance::layout)
			.containsExactly(Layout.SEQUENTIAL, Layout.CURATOR);
		directory.close();
	}

	@ParameterizedTest
	@EnumSource(ServiceType.class)
	void whatCuratorsOwnDiscoveryRegistersIsFound(ServiceType type) throws Exception {
		ZookeeperInstance payload = new ZookeeperInstance();
		payload.metadata = java.util.Map.of("instance_status", "OUT_OF_SERVICE", "zone", "a");
		ServiceInstance<ZookeeperInstance> instance = ServiceInstance.<ZookeeperInstance>builder()
			.name("bikesvc")
			.id("one")
			.address("10.0.0.1")
			.port(80)
			.serviceType(type)
			.payload(payload)
			.build();
		ServiceDiscovery<ZookeeperInstance> discovery = ServiceDiscoveryBuilder.builder(ZookeeperInstance.class)
			.client(this.client)
			.basePath(this.base + "/services")
			.build();
		Directory directory = directory("/servers", "/services");
		try (directory; discovery) {
			discovery.start();
			discovery.registerService(instance);
			await().atMost(Application.BOUND).until(() -> directory.instances("bikesvc").instances().size() == 1);
			assertThat(directory.instances("bikesvc").instances()).singleElement()
				.returns("10.0.0.1", Instance::address)
				.returns(80, Instance::port)
				.returns(Layout.CURATOR, Instance::layout)
				.returns(InstanceStatus.OUT_OF_SERVICE, Instance::status)
				.returns("a", Instance::zone)
				.returns(false, Instance::routable)
				.satisfies((each) -> assertThat(each.id()).startsWith("one"));
			payload.metadata = java.util.Map.of();
			// Not through Curator, which forgets the path of a DYNAMIC_SEQUENTIAL
			// instance.
			this.client.setData()
				.forPath(directory.instances("bikesvc").instances().get(0).path(),
						new JsonInstanceSerializer<>(ZookeeperInstance.class).serialize(instance));
			await().atMost(Application.BOUND)
				.untilAsserted(() -> assertThat(directory.instances("bikesvc").instances()).singleElement()
					.returns(true, Instance::routable));
		}
	}

	@Test
	void anApplicationInBothLayoutsIsListedOnce() throws Exception {
		Mirror servers = mirror("/servers");
		Mirror services = mirror("/services");
		Directory directory = Directory.over(servers, DirectoryOptions.defaults().withCurator(services));
		Registrar registrar = Registrar.over(servers, services);
		try (directory; registrar) {
			registrar.register("bikesvc", InstanceData.at("127.0.0.1", 8790));
			await().atMost(Application.BOUND)
				.until(() -> services.snapshot().size() == 2 && servers.snapshot().size() == 1);
			awaitIds(directory, "bikesvc", "bikesvc0000000000");
			assertThat(directory.services().services()).containsExactly(new ServiceCatalog.Entry("bikesvc", 1));
		}
	}

	@ParameterizedTest
	@EnumSource(Roots.class)
	void rootsMayBeTheSameOrOneBelowTheOther(Roots roots) throws Exception {
		Directory directory = directory(roots.sequential, roots.curator);
		create(roots.sequential + "/bikesvc0000000001", "10.0.0.1:80");
		create(roots.curator + "/bikesvc/one", "10.0.0.2:80");
		create(roots.curator + "/carsvc/two", "10.0.0.3:80");
		await().atMost(Application.BOUND).untilAsserted(() -> {
			assertThat(directory.services().services()).containsExactly(new ServiceCatalog.Entry("bikesvc", 2),
					new ServiceCatalog.Entry("carsvc", 1));
			assertThat(ids(directory, "bikesvc")).containsExactly("bikesvc0000000001", "one");
		});
		Directory late = directory(roots.sequential, roots.curator);
		assertThat(late.services().services()).isEqualTo(directory.services().services());
		assertThat(late.services().revision()).isEqualTo(directory.services().revision());
		late.close();
		directory.close();
	}

	@Test
	void foreignDataInAllItsFormsBreaksNoOther() throws Exception {
		byte[] garbage = new byte[1_000];
		new Random(1).nextBytes(garbage);
		byte[] large = new byte[1_000_000];
		Arrays.fill(large, (byte) '{');
		Directory directory = directory("/servers", "/services");
		for (String above : List.of("/servers/bikesvc000000000", "/services/bikesvc/n")) {
			create(above + "0", "bikesvc");
			create(above + "1", "[::1]:80");
			create(above + "2", "");
			this.client.create().withMode(CreateMode.EPHEMERAL).forPath(this.base + above + "3", garbage);
			this.client.create().withMode(CreateMode.EPHEMERAL).forPath(this.base + above + "4", large);
			create(above + "5", "{\"address\":7,\"port\":\"x\",\"enabled\":[]}");
			create(above + "6", "{\"address\":\"a\",\"port\":1,\"sslPort\":443,\"surprise\":{}}");
			create(above + "7", "{\"address\":\"a\",\"port\":1,\"enabled\":false}");
			this.client.create().withMode(CreateMode.EPHEMERAL).forPath(this.base + above + "8", null);
			create(above + "9", "10.0.0.1:80");
		}
		create("/servers/bikesvc123", "10.0.0.9:9");
		create("/servers/bikesvc00000000042", "10.0.0.9:8");
		this.client.create().forPath(this.base + "/servers/parent0000000001", new byte[0]);
		create("/servers/parent0000000001/child", "10.0.0.9:7");
		this.client.create()
			.forPath(this.base + "/services/bikesvc/folder", "10.0.0.9:6".getBytes(StandardCharsets.UTF_8));
		create("/services/bikesvc/folder/child", "10.0.0.9:5");
		await().atMost(Application.BOUND).untilAsserted(() -> {
			assertThat(directory.services().services()).containsExactly(new ServiceCatalog.Entry("bikesvc", 21),
					new ServiceCatalog.Entry("bikesvc0", 1), new ServiceCatalog.Entry("bikesvc123", 1),
					new ServiceCatalog.Entry("parent", 1));
			assertThat(directory.instances("bikesvc").instances()).filteredOn(Instance::routable)
				.extracting(Instance::address)
				.containsExactlyInAnyOrder("::1", "a", "10.0.0.1", "::1", "a", "10.0.0.1", "10.0.0.9");
		});
		Directory late = directory("/servers", "/services");
		assertThat(late.instances("bikesvc").instances()).isEqualTo(directory.instances("bikesvc").instances());
		late.close();
		directory.close();
	}

	private enum Roots {

		SAME("/both", "/both"), CURATOR_BELOW("/servers", "/servers/curator"),
		CURATOR_ABOVE("/services/roster", "/services");

		private final String sequential;

		private final String curator;

		Roots(String sequential, String curator) {
			this.sequential = sequential;
			this.curator = curator;
		}

	}

	private Mirror mirror(String root) {
		return this.coordination.mirror(this.base + root, MirrorOptions.withData());
	}

	private Directory directory(String root, String curatorRoot) {
		Directory directory = Directory.over(mirror(root),
				DirectoryOptions.defaults().withCurator(mirror(curatorRoot)));
		assertThat(directory.loaded()).succeedsWithin(Application.BOUND);
		return directory;
	}

	/** As others do: the instance is ephemeral, what is above it stays. */
	private void create(String path, String data) throws Exception {
		this.client.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL)
			.forPath(this.base + path, data.getBytes(StandardCharsets.UTF_8));
	}

	private static List<String> ids(Directory directory, String service) {
		return directory.instances(service).instances().stream().map(Instance::id).toList();
	}

	private static void awaitIds(Directory directory, String service, String... ids) {
		await().atMost(Application.BOUND).untilAsserted(() -> assertThat(ids(directory, service)).containsExactly(ids));
	}

}
