package io.roster.acceptance.chart;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.roster.acceptance.chart.Manifests.list;
import static io.roster.acceptance.chart.Manifests.map;
import static io.roster.acceptance.chart.Manifests.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one object says of another one, which no type of the API can check.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here as a library for Linux on amd64")
class ReferenceTests {

	private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

	/** What the values say of a Secret that the chart does not make. */
	private static final Map<String, Set<String>> EXISTING = Map.of("keys",
			Set.of("operator-hash", "client-hash", "viewer-hash", "client", "viewer"), "users",
			Set.of("username", "password", "client-username", "client-password"));

	@ParameterizedTest
	@MethodSource("io.roster.acceptance.chart.ChartTests#matrix")
	void everyNameIsADnsLabelAndNoneIsTwice(String kubernetes, Map<String, ?> values) {
		List<String> names = Manifests.rendered("roster", kubernetes, values)
			.all()
			.map((object) -> object.get("kind") + " " + text(object, "metadata", "name"))
			.toList();
		assertThat(names).doesNotHaveDuplicates().allMatch((name) -> name.matches("[A-Za-z]+ " + DNS_LABEL));
	}

	@ParameterizedTest
	@MethodSource("io.roster.acceptance.chart.ChartTests#matrix")
	void everyKeyThatIsReferredToIsThere(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		List<Map<String, Object>> references = new ArrayList<>();
		manifests.all().forEach((object) -> collect(object, "secretKeyRef", references));
		manifests.all("ServiceMonitor").forEach((monitor) -> collect(monitor, "credentials", references));
		assertThat(references).isNotEmpty().allSatisfy((reference) -> {
			if (!Boolean.TRUE.equals(reference.get("optional"))) {
				assertThat(keys(manifests, text(reference, "name"))).contains(text(reference, "key"));
			}
		});
		List<Map<String, Object>> configurations = new ArrayList<>();
		manifests.pods().forEach((pod) -> collect(pod, "configMap", configurations));
		assertThat(configurations)
			.allSatisfy((reference) -> assertThat(manifests.names("ConfigMap")).contains(text(reference, "name")));
	}

	@ParameterizedTest
	@MethodSource("io.roster.acceptance.chart.ChartTests#matrix")
	void everyPolicyMonitorAndIngressFindsItsPort(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		manifests.all("NetworkPolicy").forEach((policy) -> {
			List<Map<String, Object>> owners = manifests.workloads()
				.filter((workload) -> labels(workload).entrySet()
					.containsAll(map(policy, "spec", "podSelector", "matchLabels").entrySet()))
				.toList();
			assertThat(owners).as(text(policy, "metadata", "name")).hasSize(1);
			assertThat(list(policy, "spec", "ingress")).flatExtracting((rule) -> list(rule, "ports"))
				.extracting((port) -> port.get("port"))
				.isSubsetOf(list(owners.get(0), "spec", "template", "spec", "containers", 0, "ports").stream()
					.map((port) -> port.get("name"))
					.toList());
		});
		manifests.all("ServiceMonitor").forEach((monitor) -> {
			List<Map<String, Object>> services = manifests.all("Service")
				.filter((service) -> map(service, "metadata", "labels").entrySet()
					.containsAll(map(monitor, "spec", "selector", "matchLabels").entrySet()))
				.toList();
			assertThat(services).as(text(monitor, "metadata", "name")).hasSize(1);
			assertThat(ports(services.get(0))).contains(text(monitor, "spec", "endpoints", 0, "port"));
		});
		manifests.all("Ingress")
			.forEach((ingress) -> assertThat(list(ingress, "spec", "rules", 0, "http", "paths")).allSatisfy(
					(path) -> assertThat(ports(manifests.object("Service", text(path, "backend", "service", "name"))))
						.contains(text(path, "backend", "service", "port", "name"))));
	}

	@Test
	void strangersReachNoPortOfTheMembers() {
		Manifests manifests = Manifests.rendered("roster", "1.33", ChartTests.EVERYTHING);
		List<Map<String, Object>> rules = list(manifests.object("NetworkPolicy", "zookeeper"), "spec", "ingress");
		assertThat(rules).hasSize(3).allSatisfy((rule) -> assertThat(list(rule, "from")).isNotEmpty());
		assertThat(rules.get(0).get("from")).isEqualTo(
				List.of(Map.of("podSelector", map(manifests.object("StatefulSet", "zookeeper"), "spec", "selector"))));
		assertThat(rules).filteredOn((rule) -> text(rule, "ports").matches(".*(quorum|election).*")).hasSize(1);
		Map<String, Object> client = map(rules.get(1), "from", 0, "podSelector", "matchLabels");
		Stream.of("registry-server", "lock-service", "demo-bikesvc", "demo-consumer")
			.forEach((name) -> assertThat(labels(manifests.object("Deployment", name))).containsAllEntriesOf(client));
		assertThat(map(manifests.object("Pod", "test-registration"), "metadata", "labels"))
			.containsAllEntriesOf(client);
	}

	@Test
	void secretsAreNewOnesAndThePodsGetHashesOfTheKeys() {
		Manifests manifests = Manifests.rendered("roster", "1.33", Map.of());
		Map<String, Object> access = map(manifests.object("Secret", "roster-access"), "stringData");
		assertThat(access).allSatisfy((key, value) -> assertThat(value.toString())
			.matches(key.endsWith("-hash") ? "[0-9a-f]{64}" : "rk_[A-Za-z0-9]{40}"));
		Map<String, Object> other = map(
				Manifests.rendered("roster", "1.32", Map.of()).object("Secret", "roster-access"), "stringData");
		assertThat(access.values()).doesNotContainAnyElementsOf(other.values()).doesNotHaveDuplicates();
		assertThat(manifests.all("Secret")).allSatisfy((secret) -> assertThat(map(secret, "metadata", "annotations"))
			.containsEntry("helm.sh/resource-policy", "keep"));
		Stream.of("registry-server", "lock-service").forEach((name) -> {
			List<Map<String, Object>> references = new ArrayList<>();
			collect(manifests.object("Deployment", name), "secretKeyRef", references);
			assertThat(references).filteredOn((reference) -> text(reference, "name").equals("roster-access"))
				.extracting((reference) -> text(reference, "key"))
				.containsExactly("operator-hash", "client-hash", "viewer-hash");
		});
		assertThat(manifests.workloads().map(Object::toString)).noneMatch((text) -> text.contains("rk_"));
	}

	@Test
	void secretsThatAreThereAreKept() {
		String key = "rk_of-the-installation-before";
		Manifests manifests = Manifests.rendered("roster", "1.33",
				Map.of("global.roster-access.data.client", Base64.getEncoder().encodeToString(key.getBytes(UTF_8)),
						"global.roster-zookeeper.data.password", "b2xk"));
		Map<String, Object> access = map(manifests.object("Secret", "roster-access"), "stringData");
		assertThat(access).containsEntry("client", key)
			.containsEntry("client-hash", "209aa8da353c791d05c45df413443bc40f0925796f892cee34603f168c114b84");
		assertThat(text(access, "operator")).startsWith("rk_").hasSize(43);
		assertThat(map(manifests.object("Secret", "roster-zookeeper"), "stringData")).containsEntry("password", "old")
			.containsEntry("username", "roster");
	}

	private static Set<String> keys(Manifests manifests, String secret) {
		return EXISTING.containsKey(secret) ? EXISTING.get(secret)
				: map(manifests.object("Secret", secret), "stringData").keySet();
	}

	private static Map<String, Object> labels(Map<String, Object> workload) {
		return map(workload, "spec", "template", "metadata", "labels");
	}

	private static Set<String> ports(Map<String, Object> service) {
		return list(service, "spec", "ports").stream().map((port) -> text(port, "name")).collect(Collectors.toSet());
	}

	/** What stands below a key, wherever that is in an object. */
	private static void collect(@Nullable Object value, String key, List<Map<String, Object>> found) {
		if (value instanceof List<?> list) {
			list.forEach((each) -> collect(each, key, found));
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((name, each) -> {
				if (key.equals(name)) {
					found.add(map(map, name));
				}
				collect(each, key, found);
			});
		}
	}

}
