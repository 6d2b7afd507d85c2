package io.roster.acceptance.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static io.roster.acceptance.chart.Manifests.at;
import static io.roster.acceptance.chart.Manifests.environment;
import static io.roster.acceptance.chart.Manifests.list;
import static io.roster.acceptance.chart.Manifests.map;
import static io.roster.acceptance.chart.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here as a library for Linux on amd64")
class ChartTests {

	static final Path CHART = Path.of("../../helm/roster");

	private static final String[] KUBERNETES = { "1.20", "1.33" };

	static final Map<String, ?> EVERYTHING = Map.of("demos.enabled", true, "monitoring.serviceMonitor", true,
			"monitoring.prometheusRule", true, "monitoring.dashboard", true, "registryServer.ingress.host",
			"registry.test", "lockService.ingress.host", "locks.test", "lockService.ingress.tlsSecret", "locks-tls",
			"access.jwt.issuerUri", "https://issuer.test", "access.jwt.audiences[0]", "roster");

	private static final List<Map<String, ?>> VALUES = List.of(Map.of(), Map.of("zookeeper.members", 1),
			Map.of("zookeeper.members", 5), Map.of("zookeeper.members", 7), Map.of("fullnameOverride", "other"),
			Map.of("externalEnsemble.connectString", "zk1:2181", "registryServer.env.ROSTER_X", "y"),
			Map.of("imagePullSecrets[0]", "login", "zookeeper.storage.className", "fast", "clusterDomain", "k8s.test"),
			EVERYTHING, and(EVERYTHING, Map.of("externalEnsemble.connectString", "zk1:2181/chroot")),
			Map.of("ensembleAccess.enabled", false, "networkPolicy.enabled", false, "demos.enabled", true),
			Map.of("access.existingSecret", "keys", "ensembleAccess.existingSecret", "users", "access.apiKeys[0].role",
					"viewer", "access.apiKeys[0].principal", "grafana", "access.apiKeys[0].hash", "0a".repeat(32)));

	static Stream<Arguments> matrix() {
		return Stream.of(KUBERNETES)
			.flatMap((version) -> VALUES.stream().map((values) -> Arguments.of(version, values)));
	}

	private static Map<String, ?> and(Map<String, ?> values, Map<String, ?> more) {
		Map<String, Object> all = new HashMap<>(values);
		all.putAll(more);
		return all;
	}

	@Test
	void lintFindsNothing() {
		LintResult result = new Helm(CHART).lint().strict().call();
		assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
		assertThat(result.getMessages()).noneMatch((message) -> message.matches(".*\\[(WARNING|ERROR|INFO)].*"));
	}

	@Test
	void tagsTheImagesWithTheProjectsVersion() throws IOException {
		Map<String, Object> chart = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(CHART.resolve("Chart.yaml")));
		assertThat(Files.readString(Path.of("../../pom.xml")))
			.contains("<version>" + chart.get("appVersion") + "</version>");
		Manifests manifests = Manifests.rendered("roster", "1.33", Map.of("lockService.image.tag", "v7"));
		assertThat(image(manifests, "Deployment", "registry-server"))
			.isEqualTo("roster/registry-server:" + chart.get("appVersion"));
		assertThat(image(manifests, "Deployment", "lock-service")).isEqualTo("roster/lock-service:v7");
		assertThat(image(manifests, "StatefulSet", "zookeeper")).isEqualTo("docker.io/library/zookeeper:3.9.5");
	}

	@ParameterizedTest
	@MethodSource("matrix")
	void everySelectorFindsThePodsOfOneWorkload(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		manifests.workloads()
			.forEach((workload) -> assertThat(selected(manifests, map(workload, "spec", "selector", "matchLabels")))
				.containsExactly(text(workload, "metadata", "name")));
		manifests.all("Service")
			.forEach((service) -> assertThat(selected(manifests, map(service, "spec", "selector"))).hasSize(1));
		manifests.all("PodDisruptionBudget")
			.forEach((budget) -> assertThat(selected(manifests, map(budget, "spec", "selector", "matchLabels")))
				.containsExactly(text(budget, "metadata", "name")));
	}

	@ParameterizedTest
	@MethodSource("matrix")
	void everyPortThatIsNamedIsThere(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		manifests.all("Service").forEach((service) -> {
			String owner = selected(manifests, map(service, "spec", "selector")).get(0);
			Set<String> ports = ports(manifests.workloads()
				.filter((workload) -> owner.equals(text(workload, "metadata", "name")))
				.findFirst()
				.orElseThrow());
			assertThat(list(service, "spec", "ports"))
				.allSatisfy((port) -> assertThat(ports).contains(text(port, "targetPort")));
		});
		manifests.workloads().forEach((workload) -> {
			Object container = at(workload, "spec", "template", "spec", "containers", 0);
			Stream.of("startupProbe", "livenessProbe", "readinessProbe").forEach((probe) -> {
				assertThat(at(container, probe)).as("%s of %s", probe, text(container, "name")).isNotNull();
				Stream.of("tcpSocket", "httpGet")
					.map((kind) -> at(container, probe, kind, "port"))
					.filter((port) -> port != null)
					.forEach((port) -> assertThat(ports(workload)).contains(port.toString()));
			});
		});
	}

	@ParameterizedTest
	@MethodSource("matrix")
	void noPodHasRightsThatItDoesNotNeed(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		assertThat(manifests.pods()).isNotEmpty().allSatisfy((pod) -> {
			assertThat(at(pod, "spec", "automountServiceAccountToken")).isEqualTo(false);
			assertThat(manifests.names("ServiceAccount")).contains(text(pod, "spec", "serviceAccountName"));
			assertThat(at(pod, "spec", "securityContext", "runAsNonRoot")).isEqualTo(true);
			Object security = at(pod, "spec", "containers", 0, "securityContext");
			assertThat(at(security, "readOnlyRootFilesystem")).isEqualTo(true);
			assertThat(at(security, "allowPrivilegeEscalation")).isEqualTo(false);
			assertThat(at(security, "capabilities", "drop")).isEqualTo(List.of("ALL"));
			assertThat(text(pod, "spec", "containers", 0, "imagePullPolicy")).isEqualTo("IfNotPresent");
			assertThat(at(pod, "spec", "imagePullSecrets"))
				.isEqualTo(values.containsKey("imagePullSecrets[0]") ? List.of(Map.of("name", "login")) : null);
		});
		assertThat(manifests.all("ServiceAccount"))
			.allSatisfy((account) -> assertThat(at(account, "automountServiceAccountToken")).isEqualTo(false));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5, 7 })
	void everyMemberAndEveryClientKnowsAllMembers(int members) {
		Manifests manifests = Manifests.rendered("roster", "1.33", Map.of("zookeeper.members", members));
		assertThat(at(manifests.object("StatefulSet", "zookeeper"), "spec", "replicas")).isEqualTo(members);
		List<String> hosts = IntStream.range(0, members)
			.mapToObj((i) -> "zookeeper-" + i + ".zookeeper-headless.team.svc.cluster.local")
			.toList();
		assertThat(configuration(manifests)).filteredOn((line) -> line.startsWith("server."))
			.containsExactlyElementsOf(IntStream.range(0, members)
				.mapToObj((i) -> "server." + (i + 1) + "=" + hosts.get(i) + ":2888:3888;2181")
				.toList());
		String connectString = String.join(",", hosts.stream().map((host) -> host + ":2181").toList());
		assertThat(manifests.all("Deployment")).hasSize(2)
			.allSatisfy((deployment) -> assertThat(environment(map(deployment, "spec", "template")))
				.containsEntry("SPRING_CLOUD_ZOOKEEPER_CONNECT_STRING", connectString));
		assertThat(text(manifests.object("Pod", "test-quorum"), "spec", "containers", 0, "command")).contains(hosts);
	}

	@Test
	void membersKeepWhatTheyPromised() {
		Manifests manifests = Manifests.rendered("roster", "1.33",
				Map.of("zookeeper.storage.size", "9Gi", "zookeeper.logStorage.size", "8Gi"));
		assertThat(configuration(manifests)).contains("dataDir=/data", "dataLogDir=/datalog",
				"metricsProvider.httpPort=7000", "autopurge.purgeInterval=1", "admin.enableServer=false",
				"quorumListenOnAllIPs=true", "4lw.commands.whitelist=srvr,conf");
		Map<String, Object> set = manifests.object("StatefulSet", "zookeeper");
		assertThat(text(set, "spec", "podManagementPolicy")).isEqualTo("Parallel");
		assertThat(text(set, "spec", "serviceName")).isEqualTo("zookeeper-headless");
		assertThat(list(set, "spec", "volumeClaimTemplates")).extracting(
				(claim) -> text(claim, "metadata", "name") + text(claim, "spec", "resources", "requests", "storage"))
			.containsExactly("data9Gi", "datalog8Gi");
		Object container = at(set, "spec", "template", "spec", "containers", 0);
		assertThat(list(container, "volumeMounts")).contains(Map.of("name", "data", "mountPath", "/data"),
				Map.of("name", "datalog", "mountPath", "/datalog"));
		assertThat(text(container, "readinessProbe", "exec", "command")).contains("srvr").contains("^Mode:");
		assertThat(at(container, "livenessProbe", "tcpSocket", "port")).isEqualTo("client");
		assertThat(environment(map(set, "spec", "template")).get("SERVER_JVMFLAGS"))
			.contains("-Dsun.net.inetaddr.ttl=1")
			.contains("-Dsun.net.inetaddr.negative.ttl=0");
		assertThat(manifests.object("Service", "zookeeper-headless")).satisfies((service) -> {
			assertThat(text(service, "spec", "clusterIP")).isEqualTo("None");
			assertThat(at(service, "spec", "publishNotReadyAddresses")).isEqualTo(true);
		});
	}

	@Test
	void aChangedConfigurationRestartsTheMembers() {
		assertThat(checksum(3)).isEqualTo(checksum(3)).isNotEqualTo(checksum(5));
	}

	@ParameterizedTest
	@CsvSource({ "registry-server, 8760", "lock-service, 8770" })
	void applicationsAreReachedProbedAndReplacedWithoutAGap(String name, int port) {
		Manifests manifests = Manifests.rendered("roster", "1.33", Map.of());
		assertThat(at(manifests.object("Service", name), "spec", "ports", 0, "port")).isEqualTo(port);
		Map<String, Object> deployment = manifests.object("Deployment", name);
		assertThat(at(deployment, "spec", "replicas")).isEqualTo(2);
		assertThat(at(deployment, "spec", "strategy", "rollingUpdate", "maxUnavailable")).isEqualTo(0);
		Map<String, Object> pod = map(deployment, "spec", "template");
		assertThat(at(pod, "spec", "containers", 0, "ports", 0, "containerPort")).isEqualTo(port);
		assertThat(text(pod, "spec", "containers", 0, "livenessProbe", "httpGet", "path"))
			.isEqualTo("/actuator/health/liveness");
		assertThat(text(pod, "spec", "containers", 0, "readinessProbe", "httpGet", "path"))
			.isEqualTo("/actuator/health/readiness");
		assertThat((Integer) at(pod, "spec", "terminationGracePeriodSeconds")).isGreaterThan(35);
		assertThat(environment(pod)).containsEntry("SERVER_ADDRESS", "0.0.0.0")
			.containsEntry("SERVER_PORT", String.valueOf(port))
			.hasEntrySatisfying("JAVA_TOOL_OPTIONS", (flags) -> assertThat(flags).contains("-Dsun.net.inetaddr.ttl=1"));
	}

	@ParameterizedTest
	@CsvSource({ "1.20, policy/v1beta1", "1.21, policy/v1", "1.33, policy/v1" })
	void disruptionBudgetsSpeakTheClustersVersion(String kubernetes, String apiVersion) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, Map.of());
		assertThat(manifests.all("PodDisruptionBudget")).hasSize(3).allSatisfy((budget) -> {
			assertThat(text(budget, "apiVersion")).isEqualTo(apiVersion);
			assertThat(at(budget, "spec", "maxUnavailable")).isEqualTo(1);
		});
	}

	@Test
	void anExistingEnsembleReplacesTheOwnOne() {
		Manifests manifests = Manifests.rendered("roster", "1.33",
				Map.of("externalEnsemble.connectString", "zk1.test:2181,zk2.test:2181/roster"));
		assertThat(manifests.names("StatefulSet")).isEmpty();
		assertThat(manifests.names("ConfigMap")).isEmpty();
		assertThat(manifests.names("Pod")).containsExactlyInAnyOrder("test-locks", "test-registration");
		assertThat(manifests.names("Service")).containsExactlyInAnyOrder("registry-server", "lock-service");
		assertThat(manifests.all("Deployment")).hasSize(2)
			.allSatisfy((deployment) -> assertThat(environment(map(deployment, "spec", "template")))
				.containsEntry("SPRING_CLOUD_ZOOKEEPER_CONNECT_STRING", "zk1.test:2181,zk2.test:2181/roster"));
	}

	@ParameterizedTest
	@CsvSource({ "roster, '', ''", "other, '', 'other-'", "other, mine, 'mine-'", "roster, mine, 'mine-'" })
	void namesAreTheContractsInTheReleaseRosterAndDoNotCollideInOthers(String release, String override, String prefix) {
		Manifests manifests = Manifests.rendered(release, "1.33", Map.of("fullnameOverride", override));
		assertThat(manifests.names("Service")).containsExactlyInAnyOrder(prefix + "zookeeper",
				prefix + "zookeeper-headless", prefix + "registry-server", prefix + "lock-service");
		assertThat(configuration(manifests)).contains("server.1=" + prefix + "zookeeper-0." + prefix
				+ "zookeeper-headless.team.svc.cluster.local:2888:3888;2181");
	}

	@ParameterizedTest
	@CsvSource({ "zookeeper.members, 2", "zookeeper.members, 4", "zookeeper.members, 0", "zookeeper.members, three",
			"zookeeper.member, 3", "zookeper.members, 3", "lockService.replicas, -1", "lockService.replicas, two",
			"registryServer.images.tag, 1", "zookeeper.image.tag, ''", "lockService.image.tag, latest",
			"zookeeper.storage.size, big", "zookeeper.storage, 4Gi", "externalEnsemble.connectString, zk1",
			"externalEnsemble, zk1:2181", "imagePullPolicy, Sometimes", "fullnameOverride, Not_A_Name",
			"registryServer.env.A, 1", "registryServer.resources.cpu, 1", "zookeeper.logStorage.size, 1 GB",
			"access.existingSecret, Not_A_Name", "access.keys, x", "access.jwt.issuer, x",
			"access.jwt.issuerUri, issuer.test", "access.apiKeys[0].key, rk_x", "ensembleAccess.enabled, maybe",
			"ensembleAccess.password, secret", "demos.enabled, 1", "demos.bikesvc.ingress.host, a",
			"lockService.ingress.host, 'not a host'", "lockService.ingress.hosts[0], a",
			"networkPolicy.clientNamespaces.team, a", "monitoring.dashboards, true", "monitoring.labels.a, 1" })
	void aWrongValueIsRefused(String key, String value) {
		assertThatThrownBy(() -> Manifests.rendered("roster", "1.33", Map.of(key, value)))
			.hasMessageContaining("values don't meet the specifications of the schema")
			.hasMessageContaining(key.split("\\.", 2)[0]);
	}

	@ParameterizedTest
	@CsvSource({ "principal, ''", "role, admin", "hash, secret", "hash, rk_0123" })
	void anApiKeyThatCannotBeOneIsRefused(String part, String value) {
		Map<String, Object> values = new HashMap<>(Map.of("access.apiKeys[0].principal", "grafana",
				"access.apiKeys[0].role", "viewer", "access.apiKeys[0].hash", "0a".repeat(32)));
		values.put("access.apiKeys[0]." + part, value);
		assertThatThrownBy(() -> Manifests.rendered("roster", "1.33", values))
			.hasMessageContaining("/access/apiKeys/0");
	}

	private static List<String> selected(Manifests manifests, Map<String, Object> selector) {
		return manifests.workloads()
			.filter((workload) -> map(workload, "spec", "template", "metadata", "labels").entrySet()
				.containsAll(selector.entrySet()))
			.map((workload) -> text(workload, "metadata", "name"))
			.toList();
	}

	private static Set<String> ports(Map<String, Object> workload) {
		return list(workload, "spec", "template", "spec", "containers", 0, "ports").stream()
			.map((port) -> text(port, "name"))
			.collect(Collectors.toSet());
	}

	private static String image(Manifests manifests, String kind, String name) {
		return text(manifests.object(kind, name), "spec", "template", "spec", "containers", 0, "image");
	}

	private static List<String> configuration(Manifests manifests) {
		return manifests.all("ConfigMap").flatMap((config) -> text(config, "data", "zoo.cfg").lines()).toList();
	}

	private static String checksum(int members) {
		Manifests manifests = Manifests.rendered("roster", "1.33", Map.of("zookeeper.members", members));
		return text(manifests.object("StatefulSet", "zookeeper"), "spec", "template", "metadata", "annotations",
				"checksum/config");
	}

}
