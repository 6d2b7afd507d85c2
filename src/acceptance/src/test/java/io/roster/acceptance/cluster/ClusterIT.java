package io.roster.acceptance.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.roster.acceptance.cluster.load.Summary;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The life of one release: each step takes over the cluster as the one before left it.
 */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ClusterIT {

	/** How long locks may stand still while a member or a node is cut off. */
	private static final Duration STANDSTILL = Duration.ofSeconds(60);

	private static final Duration BOUND = Duration.ofMinutes(3);

	private static final String REFUSED = "(?is).*(insufficient permission|noauth|authentication is not valid).*";

	private Scene scene;

	private Cluster cluster;

	private Release release;

	private boolean installed;

	@BeforeAll
	void findTheCluster() {
		Optional<Settings> settings = Settings.read();
		if (settings.isEmpty()) {
			System.out.println("The chart was tested on no cluster: the variable KUBECONFIG names no file.");
			Assumptions.abort("KUBECONFIG names no file");
		}
		this.scene = new Scene(settings.orElseThrow());
		this.cluster = this.scene.cluster();
		this.release = this.scene.release();
		this.scene.begin();
	}

	@AfterAll
	void removeTheNamespace() {
		if (this.scene != null) {
			this.scene.close();
		}
	}

	@BeforeEach
	void needsTheRelease(TestInfo test) {
		boolean first = test.getTestMethod().orElseThrow().getName().startsWith("installs");
		Assumptions.assumeTrue(first || this.installed, "it was not installed");
		if (!first) {
			this.cluster.awaitReady();
		}
	}

	@Test
	@Order(1)
	void installs() throws Exception {
		this.scene.step("install and wait", () -> {
			this.release.install(this.scene.values());
			this.cluster.awaitReady();
			this.installed = true;
			return this.cluster.parts()
				.stream()
				.map((part) -> this.cluster.pods(part).size() + " " + part)
				.collect(Collectors.joining(", "));
		});
	}

	@Test
	@Order(2)
	void passesItsOwnTests() throws Exception {
		this.scene.step("helm test", () -> {
			this.release.test();
			return "passed";
		});
	}

	@Test
	@Order(3)
	void strangersAreRefused() throws Exception {
		this.scene.step("credentials", () -> {
			Access access = Access.of(this.cluster);
			assertThat(access.exists()).as("the chart's Secrets").isTrue();
			for (String key : List.of("", "rk_wrong")) {
				assertThat(access.get("registry-server", 8760, "/api/v1/services", key)).isEqualTo(401);
				assertThat(access.get("lock-service", 8770, "/api/v1/locks", key)).isEqualTo(401);
				assertThat(access.acquire(key)).isEqualTo(401);
			}
			assertThat(access.get("registry-server", 8760, "/actuator/health", "")).isEqualTo(200);
			assertThat(access.get("registry-server", 8760, "/api/v1/services", access.key("viewer"))).isEqualTo(200);
			assertThat(access.acquire(access.key("viewer"))).isEqualTo(403);
			assertThat(access.acquire(access.key("client"))).isEqualTo(200);
			Pod member = this.cluster.pods(Cluster.ENSEMBLE).get(0);
			for (String command : List.of("ls /servers", "get /locks", "create /servers/stranger0000000001 x",
					"deleteall /locks")) {
				assertThat(zkCli(member, command)).as(command).matches(REFUSED);
			}
			return "no and wrong keys get 401, too weak ones 403; ZooKeeper without credentials reads and writes nothing";
		});
	}

	private String zkCli(Pod member, String command) {
		return this.cluster.exec(member, "bash", "-c", "CLIENT_JVMFLAGS=-Xmx64m zkCli.sh -server 127.0.0.1 " + command)
			.output();
	}

	@Test
	@Order(4)
	void upgradesUnderLoad() throws Exception {
		this.scene.step("upgrade of every pod, under load",
				() -> Scene.gaps(this.scene.underLoad("upgrade", "", true, () -> {
					this.release.upgrade(this.scene.changedValues());
					this.cluster.awaitReady();
					return "";
				})));
	}

	@Test
	@Order(5)
	void rollsBackUnderLoad() throws Exception {
		var helm = Settings.helm();
		this.scene.step("rollback" + (helm.isPresent() ? "" : " by a second upgrade") + ", under load",
				() -> Scene.gaps(this.scene.underLoad("rollback", "", true, () -> {
					if (helm.isPresent()) {
						this.release.rollback(helm.get(), this.release.revision() - 1);
					}
					else {
						this.scene.report()
							.missing("helm rollback", "Helm's library has none, and no program helm was on the path");
						this.release.upgrade(this.scene.values());
					}
					this.cluster.awaitReady();
					return "";
				})));
	}

	@Test
	@Order(6)
	void aSecondEvictionIsRefusedWhileAMemberIsDown() throws Exception {
		Assumptions.assumeTrue(this.cluster.pods(Cluster.ENSEMBLE).size() > 1, "one member alone");
		this.scene.step("eviction of the leader",
				() -> "the second one was refused; " + Scene.gaps(this.scene.underLoad("eviction", "", true, () -> {
					Pod leader = this.cluster.leader().orElseThrow();
					Awaitility.await("an eviction that the budget allows")
						.atMost(BOUND)
						.until(() -> this.cluster.evict(leader));
					Pod other = this.cluster.pods(Cluster.ENSEMBLE)
						.stream()
						.filter((pod) -> !pod.getMetadata().getName().equals(leader.getMetadata().getName()))
						.findFirst()
						.orElseThrow();
					assertThat(this.cluster.evict(other)).as("a second eviction is allowed").isFalse();
					this.cluster.awaitReady();
					return "";
				})));
	}

	@Test
	@Order(7)
	void locksGoOnWhileTheLeadersPodIsCutOff() throws Exception {
		OutsideCommand cut = command("cut-pod", "a pod that is cut off");
		OutsideCommand heal = command("heal-pod", "a pod that is cut off");
		this.scene.step("the leader's pod cut off and healed", () -> {
			Summary summary = this.scene.underLoad("leader cut off", "", true, () -> {
				Pod leader = this.cluster.leader().orElseThrow();
				String target = this.cluster.namespace() + "/" + leader.getMetadata().getName();
				cut.run(target);
				try {
					Awaitility.await("another leader")
						.atMost(BOUND)
						.until(() -> this.cluster.pods(Cluster.ENSEMBLE)
							.stream()
							.filter((pod) -> !pod.getMetadata().getName().equals(leader.getMetadata().getName()))
							.anyMatch((pod) -> this.cluster.mode(pod).equals("leader")));
				}
				finally {
					heal.run(target);
				}
				this.cluster.awaitReady();
				return "";
			});
			return withinStandstill(summary);
		});
	}

	@Test
	@Order(8)
	void locksGoOnWhileANodeIsCutOff() throws Exception {
		OutsideCommand cut = command("cut-node", "a node that is cut off");
		OutsideCommand heal = command("heal-node", "a node that is cut off");
		String node = this.cluster.leader().orElseThrow().getSpec().getNodeName();
		this.scene.step("the leader's node cut off and healed", () -> {
			Summary summary = this.scene.underLoad("node cut off", node, false, () -> {
				cut.run(node);
				try {
					Awaitility.await(node + " not ready").atMost(BOUND).until(() -> !this.cluster.isNodeReady(node));
					Awaitility.await("another leader")
						.atMost(BOUND)
						.until(() -> this.cluster.pods(Cluster.ENSEMBLE)
							.stream()
							.filter((pod) -> !pod.getSpec().getNodeName().equals(node))
							.anyMatch((pod) -> this.cluster.mode(pod).equals("leader")));
				}
				finally {
					heal.run(node);
				}
				Awaitility.await(node + " ready").atMost(BOUND).until(() -> this.cluster.isNodeReady(node));
				this.cluster.awaitReady();
				return "";
			});
			return withinStandstill(summary);
		});
	}

	@Test
	@Order(9)
	void anInstallationOnTheOldVolumesFindsWhatWasThere() throws Exception {
		this.scene.step("uninstall, and install again on the old volumes", () -> {
			Map<String, Map<String, String>> secrets = this.cluster.secrets();
			this.release.uninstall();
			Awaitility.await("the end of all pods").atMost(BOUND).until(() -> this.cluster.parts().isEmpty());
			this.release.install(this.scene.values());
			this.cluster.awaitReady();
			assertThat(this.cluster.secrets()).as("the Secrets").isEqualTo(secrets);
			// The load looks for what was written, and for higher fencing tokens.
			this.scene.underLoad("after the second installation", "", true, () -> "");
			return "what was written is there, fencing tokens go on growing, the Secrets are the same";
		});
	}

	private OutsideCommand command(String name, String what) {
		Optional<OutsideCommand> command = Settings.command(name);
		if (command.isEmpty()) {
			this.scene.report().missing(what, "no -Dcluster." + name + " was given");
			Assumptions.abort("no -Dcluster." + name);
		}
		return command.orElseThrow();
	}

	private static String withinStandstill(Summary summary) {
		assertThat(Duration.ofMillis(summary.part("locks").longestGapMs())).isLessThan(STANDSTILL);
		return "never two holders, tokens strictly growing; " + Scene.gaps(summary);
	}

}
