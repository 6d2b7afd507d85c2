package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of what others write into an application's node.
 */
class RegistrarOverrideTest {

	private static final InstanceData UP = InstanceData.at("127.0.0.1", 8790);

	private static LocalEnsemble ensemble;

	private static CuratorFramework operator;

	private static Application operators;

	private Application application;

	private String root = "";

	private Registration registration;

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
		operators = new Application(ensemble.connectString(), "/operator").ready();
		operator = operators.coordination.client();
	}

	@AfterAll
	static void stopEnsemble() {
		operators.close();
		ensemble.close();
	}

	@BeforeEach
	void start(TestInfo test) {
		String name = "/" + test.getTestMethod().orElseThrow().getName();
		this.root = name + "/servers";
		this.application = Application.inBothLayouts(ensemble.connectString(), this.root, name + "/services").ready();
		this.registration = this.application.register("bikesvc", 8790);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void aStatusSetInTheNodeOutlivesTheOwnWritesUntilUpIsSet() throws Exception {
		set(UP.withStatus(InstanceStatus.OUT_OF_SERVICE));
		awaitSeen(UP.withStatus(InstanceStatus.OUT_OF_SERVICE));
		this.registration.metadata(Map.of("zone", "a")).get(20, TimeUnit.SECONDS);
		this.registration.status(InstanceStatus.UP).get(20, TimeUnit.SECONDS);
		InstanceData kept = UP.withStatus(InstanceStatus.OUT_OF_SERVICE).withMetadata(Map.of("zone", "a"));
		assertThat(data(node())).isEqualTo(kept);
		assertThat(this.registration.data().status()).isEqualTo(InstanceStatus.UP);
		set(kept.withStatus(InstanceStatus.UP));
		awaitSeen(UP.withMetadata(Map.of("zone", "a")));
		this.registration.status(InstanceStatus.OUT_OF_SERVICE).get(20, TimeUnit.SECONDS);
		this.registration.status(InstanceStatus.UP).get(20, TimeUnit.SECONDS);
		assertThat(data(node()).status()).isEqualTo(InstanceStatus.UP);
	}

	@Test
	void aWriteAtTheSameTimeLosesNeither() throws Exception {
		for (int i = 0; i < 20; i++) {
			InstanceStatus status = (i % 2 == 0) ? InstanceStatus.DRAINING : InstanceStatus.UP;
			CompletableFuture<Void> patched = CompletableFuture.runAsync(() -> patch(status));
			this.registration.metadata(Map.of("try", Integer.toString(i))).get(20, TimeUnit.SECONDS);
			patched.get(20, TimeUnit.SECONDS);
			awaitStands(node(), UP.withStatus(status).withMetadata(Map.of("try", Integer.toString(i))));
		}
	}

	@Test
	void whatIsSetInOneLayoutStandsInTheOther() throws Exception {
		InstanceData drained = UP.withStatus(InstanceStatus.DRAINING).withMetadata(Map.of("weight", "0"));
		set(drained);
		awaitStands(curatorNode(), drained);
		operator.setData().forPath(curatorNode(), write(UP));
		awaitStands(node(), UP);
	}

	@Test
	void aNewSessionCarriesTheOperatorsStatusOn() throws Exception {
		InstanceData out = UP.withStatus(InstanceStatus.OUT_OF_SERVICE);
		set(out);
		awaitSeen(out);
		String before = node();
		ensemble.closeSession(this.application.session());
		await().atMost(Application.BOUND)
			.until(() -> this.registration.registeredAs().filter((id) -> !before.endsWith(id)).isPresent());
		assertThat(data(node())).isEqualTo(out);
	}

	@Test
	void theOwnDrainingStandsAboveTheOperators() throws Exception {
		InstanceData out = UP.withStatus(InstanceStatus.OUT_OF_SERVICE);
		set(out);
		awaitSeen(out);
		this.registration.status(InstanceStatus.DRAINING).get(20, TimeUnit.SECONDS);
		assertThat(data(node()).status()).isEqualTo(InstanceStatus.DRAINING);
	}

	@Test
	void aWriteThatNeedsNoMendingIsNotAnswered() throws Exception {
		set(UP.withStatus(InstanceStatus.DRAINING));
		awaitSeen(UP.withStatus(InstanceStatus.DRAINING));
		this.application.register("other", 1);
		assertThat(operator.checkExists().forPath(node()).getVersion()).isOne();
	}

	@Test
	void whatIsNoDataOfTheInstanceIsWrittenAgain() throws Exception {
		for (String garbage : new String[] { "by hand", "127.0.0.1:8790", "{\"id\":\"another\"}", "" }) {
			int version = operator.checkExists().forPath(node()).getVersion();
			operator.setData().forPath(node(), garbage.getBytes(StandardCharsets.UTF_8));
			await().atMost(Application.BOUND)
				.until(() -> operator.checkExists().forPath(node()).getVersion() == version + 2);
			assertThat(data(node())).isEqualTo(UP);
		}
		assertThat(this.registration.effective()).isEqualTo(UP);
	}

	@Test
	void anEndpointThatSomebodyElseChangedIsMended() throws Exception {
		set(InstanceData.at("10.9.9.9", 1).withStatus(InstanceStatus.DRAINING));
		awaitStands(node(), UP.withStatus(InstanceStatus.DRAINING));
	}

	@Test
	void aNodeThatSomebodyElseChangedCanBeDeregistered() throws Exception {
		String node = node();
		for (int i = 0; i < 50; i++) {
			operator.setData().inBackground().forPath(node, "garbage".getBytes(StandardCharsets.UTF_8));
		}
		CompletableFuture<Void> gone = this.registration.deregister();
		await().atMost(Application.BOUND).until(() -> operator.checkExists().forPath(node) == null);
		assertThat(gone).succeedsWithin(Application.BOUND);
		assertThat(operator.getChildren().forPath(this.root)).isEmpty();
	}

	private String node() {
		return this.root + "/" + this.registration.registeredAs().orElseThrow();
	}

	private String curatorNode() throws Exception {
		String id = InstanceFormat.registrationId(operator.getData().forPath(node())).orElseThrow();
		return this.root.replace("/servers", "/services/bikesvc/") + id;
	}

	private static InstanceData data(String path) throws Exception {
		return InstanceFormat.read(operator.getData().forPath(path));
	}

	/** As registry-server does it. */
	private void set(InstanceData data) throws Exception {
		operator.setData().forPath(node(), write(data));
	}

	/** Until nobody else has written between its read and its write. */
	private void patch(InstanceStatus status) {
		await().atMost(Application.BOUND).ignoreException(KeeperException.BadVersionException.class).until(() -> {
			Stat stat = new Stat();
			InstanceData stands = InstanceFormat.read(operator.getData().storingStatIn(stat).forPath(node()));
			operator.setData().withVersion(stat.getVersion()).forPath(node(), write(stands.withStatus(status)));
			return true;
		});
	}

	private byte[] write(InstanceData data) throws Exception {
		String id = InstanceFormat.registrationId(operator.getData().forPath(node())).orElseThrow();
		return InstanceFormat.write("bikesvc", id, Instant.now(), data);
	}

	private void awaitSeen(InstanceData data) {
		await().atMost(Application.BOUND).until(() -> this.registration.effective().equals(data));
	}

	private static void awaitStands(String path, InstanceData data) {
		await().atMost(Application.BOUND).until(() -> data(path).equals(data));
	}

}
