package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Subscription;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DirectoryTest {

	private static LocalEnsemble ensemble;

	private String root = "";

	private Application application;

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
	void start(TestInfo test) throws Exception {
		this.root = "/" + test.getTestMethod().orElseThrow().getName();
		this.application = new Application(ensemble.connectString(), this.root).ready();
		this.client = this.application.coordination.client();
		this.client.create().forPath(this.root, new byte[0]);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void badNodesAreMembersAndBreakNoOther() throws Exception {
		byte[] garbage = new byte[900_000];
		new Random(1).nextBytes(garbage);
		create("bikesvc0000000001", "127.0.0.1:80".getBytes(StandardCharsets.UTF_8));
		create("bikesvc0000000002", "bikesvc".getBytes(StandardCharsets.UTF_8));
		create("bikesvc0000000003", new byte[0]);
		create("bikesvc0000000004", garbage);
		create("bikesvc0000000005", "{\"address\":\"a\",\"port\":99999}".getBytes(StandardCharsets.UTF_8));
		create("noSuffix", "[::1]:81".getBytes(StandardCharsets.UTF_8));
		create("noSuffix/below", "1.2.3.4:5".getBytes(StandardCharsets.UTF_8));
		this.application.register("bikesvc", 8790);
		await().atMost(Application.BOUND).until(() -> this.application.ids("bikesvc").size() == 6);
		assertThat(this.application.directory.instances("bikesvc").instances()).filteredOn(Instance::routable)
			.extracting(Instance::port)
			.containsExactlyInAnyOrder(80, 8790);
		assertThat(this.application.directory.instances("noSuffix").instances()).singleElement()
			.returns("::1", Instance::address)
			.returns(null, Instance::sequence);
		ServiceCatalog catalog = this.application.directory.services();
		assertThat(catalog.services()).containsExactly(new ServiceCatalog.Entry("bikesvc", 6),
				new ServiceCatalog.Entry("noSuffix", 1));
		Application late = new Application(ensemble.connectString(), this.root).ready();
		try (late) {
			assertThat(late.directory.services().services()).isEqualTo(catalog.services());
			assertThat(late.directory.services().revision()).isEqualTo(catalog.revision());
			assertThat(late.directory.instances("bikesvc").instances())
				.isEqualTo(this.application.directory.instances("bikesvc").instances());
		}
	}

	@Test
	void aSubscriberIsToldTheListAndThenEachChangeInOrder() throws Exception {
		Registration first = this.application.register("bikesvc", 1);
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
		Queue<ServiceEvent> events = new ConcurrentLinkedQueue<>();
		Subscription subscription = this.application.directory.subscribe("bikesvc", events::add);
		Registration second = this.application.register("bikesvc", 2);
		this.application.register("carsvc", 3);
		second.status(InstanceStatus.DRAINING).get(30, TimeUnit.SECONDS);
		first.deregister().get(30, TimeUnit.SECONDS);
		await().atMost(Application.BOUND).until(() -> events.size() == 4);
		assertThat(events).hasExactlyElementsOfTypes(ServiceEvent.Snapshot.class, ServiceEvent.Added.class,
				ServiceEvent.Updated.class, ServiceEvent.Removed.class);
		assertThat(events).extracting(ServiceEvent::revision).doesNotHaveDuplicates();
		ServiceList now = this.application.directory.instances("bikesvc");
		assertThat(List.copyOf(events).get(3).revision()).isEqualTo(now.revision());
		assertThat(now.instances()).singleElement().returns(InstanceStatus.DRAINING, Instance::status);
		subscription.close();
		subscription.close();
		second.deregister().get(30, TimeUnit.SECONDS);
		this.application.awaitIds("bikesvc");
		assertThat(events).hasSize(4);
	}

	@Test
	void aSubscriberOfAllIsToldAllAndOneThatFailsDisturbsNobody() {
		this.application.register("bikesvc", 1);
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
		List<ServiceEvent> events = new ArrayList<>();
		this.application.directory.subscribe((event) -> {
			throw new IllegalStateException("a listener that fails on purpose");
		});
		this.application.directory.subscribe((event) -> {
			synchronized (events) {
				events.add(event);
			}
		});
		this.application.register("carsvc", 2);
		await().atMost(Application.BOUND).untilAsserted(() -> {
			synchronized (events) {
				assertThat(events).extracting(ServiceEvent::service).containsExactly("bikesvc", "carsvc");
			}
		});
	}

	@Test
	void subscribersThatComeDuringChangesMissNothing() throws Exception {
		List<Map<String, Instance>> views = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			create("bikesvc" + String.format("%010d", i), new byte[0]);
			Map<String, Instance> view = new java.util.concurrent.ConcurrentHashMap<>();
			views.add(view);
			this.application.directory.subscribe("bikesvc", (event) -> follow(view, event));
		}
		this.client.delete().forPath(this.root + "/bikesvc0000000007");
		await().atMost(Application.BOUND).until(() -> this.application.ids("bikesvc").size() == 39);
		await().atMost(Application.BOUND)
			.untilAsserted(() -> assertThat(views).allSatisfy((view) -> assertThat(view.keySet())
				.containsExactlyInAnyOrderElementsOf(this.application.ids("bikesvc"))));
	}

	private static void follow(Map<String, Instance> view, ServiceEvent event) {
		if (event instanceof ServiceEvent.Snapshot snapshot) {
			snapshot.list().instances().forEach((each) -> view.put(each.id(), each));
		}
		else if (event instanceof ServiceEvent.Added added) {
			view.put(added.instance().id(), added.instance());
		}
		else if (event instanceof ServiceEvent.Removed removed) {
			view.remove(removed.instance().id());
		}
	}

	@Test
	void anUnknownServiceIsAnEmptyList() {
		ServiceList list = this.application.directory.instances("nobody");
		assertThat(list.instances()).isEmpty();
		assertThat(list.loaded()).isTrue();
		assertThat(list.revision()).isEqualTo("0");
		assertThat(list.stale()).isFalse();
		assertThat(list.age()).isLessThan(Application.BOUND);
	}

	@Test
	void aClosedDirectoryStaysReadable() {
		this.application.register("bikesvc", 1);
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
		this.application.directory.close();
		this.application.directory.close();
		assertThat(this.application.ids("bikesvc")).hasSize(1);
	}

	private void create(String name, byte[] data) throws Exception {
		this.client.create().forPath(this.root + "/" + name, data);
	}

}
