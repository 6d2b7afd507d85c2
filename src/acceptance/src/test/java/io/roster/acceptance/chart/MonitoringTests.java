package io.roster.acceptance.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.roster.acceptance.chart.Manifests.list;
import static io.roster.acceptance.chart.Manifests.map;
import static io.roster.acceptance.chart.Manifests.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Alerts and the dashboard. That the services really expose what is named
 * {@code roster_*} is tested where they run.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here as a library for Linux on amd64")
class MonitoringTests {

	/** Seen at /metrics of a member of ZooKeeper 3.9.5 with the chart's configuration. */
	private static final Set<String> MEMBERS = Set.of("looking_count", "fsynctime", "jvm_memory_bytes_used",
			"jvm_memory_bytes_max", "outstanding_requests", "znode_count", "num_alive_connections");

	/** Prometheus' own, the kubelet's, and Spring Boot's. */
	private static final Set<String> OTHERS = Set.of("up", "kubelet_volume_stats_available_bytes",
			"kubelet_volume_stats_capacity_bytes", "http_server_requests_seconds_count");

	/** A name before its labels, or before what it is compared with or divided by. */
	private static final Pattern METRIC = Pattern.compile("\\b([a-z_]+)(?=\\{|\\)* [<>=/])");

	private static Manifests manifests;

	@BeforeAll
	static void render() {
		manifests = Manifests.rendered("roster", "1.33", ChartTests.EVERYTHING);
	}

	@Test
	void everyAlertSaysWhatItMeansAndWhereToReadOn() {
		assertThat(rules()).hasSizeGreaterThan(10).allSatisfy((rule) -> {
			assertThat(text(rule, "labels", "severity")).isIn("critical", "warning");
			assertThat(map(rule, "annotations")).containsKeys("summary", "description");
			assertThat(text(rule, "annotations", "runbook_url"))
				.isEqualTo("helm/OPERATIONS.md#" + text(rule, "alert").toLowerCase());
		});
		assertThat(rules()).extracting((rule) -> text(rule, "alert")).doesNotHaveDuplicates();
	}

	@Test
	void everyAlertStandsInTheRunbook() throws IOException {
		String page = Files.readString(Path.of("../../helm/OPERATIONS.md"));
		assertThat(rules())
			.allSatisfy((rule) -> assertThat(page).containsPattern("(?m)^#+ " + text(rule, "alert") + "$"));
	}

	@Test
	void everyMetricIsKnown() {
		Set<String> metrics = Stream.concat(rules().stream().map((rule) -> text(rule, "expr")), panels().stream())
			.flatMap((expression) -> METRIC.matcher(expression).results().map(MatchResult::group))
			.collect(Collectors.toSet());
		assertThat(metrics).contains("roster_discovery_snapshot_stale", "roster_locks_wait_seconds_bucket", "up");
		assertThat(metrics).filteredOn((metric) -> !metric.startsWith("roster_"))
			.allMatch((metric) -> MEMBERS.contains(metric) || OTHERS.contains(metric));
	}

	@Test
	void whatIsNotThereIsNotWatched() {
		Manifests external = Manifests.rendered("roster", "1.33", Map.of("externalEnsemble.connectString", "zk1:2181",
				"monitoring.prometheusRule", true, "monitoring.serviceMonitor", true));
		assertThat(external.object("PrometheusRule", "roster-alerts").toString())
			.doesNotContain("app_kubernetes_io_name=\"zookeeper\"");
		assertThat(external.names("ServiceMonitor")).containsExactlyInAnyOrder("registry-server", "lock-service");
	}

	private static List<Map<String, Object>> rules() {
		return list(manifests.object("PrometheusRule", "roster-alerts"), "spec", "groups", 0, "rules");
	}

	private static List<String> panels() {
		JsonNode dashboard = JsonMapper.shared()
			.readTree(text(manifests.object("ConfigMap", "roster-dashboard"), "data", "roster.json"));
		List<String> expressions = new ArrayList<>();
		dashboard.path("panels")
			.forEach((panel) -> panel.path("targets")
				.forEach((target) -> expressions.add(target.path("expr").asString())));
		assertThat(expressions).isNotEmpty();
		return expressions;
	}

}
