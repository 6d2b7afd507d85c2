package io.roster.registry.prometheus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.roster.discovery.Instance;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One instance in the form of Prometheus' HTTP service discovery.
 *
 * @param targets its host and port
 * @param labels what can be relabelled: the service, the instance's id, its status, and
 * its metadata with the characters of label names
 * @see <a href="https://prometheus.io/docs/prometheus/latest/http_sd/">Prometheus: HTTP
 * SD</a>
 */
@Schema(example = """
		{"targets":["127.0.0.1:8790"],"labels":{"__scheme__":"http","__meta_roster_service":"bikesvc",
		"__meta_roster_instance":"bikesvc0000000010","__meta_roster_status":"UP"}}""")
record TargetGroup(List<String> targets, Map<String, String> labels) {

	private static final String PREFIX = "__meta_roster_";

	/** Prometheus takes this one for the scheme of the scrape. */
	private static final String SCHEME = "__scheme__";

	static TargetGroup of(Instance instance) {
		Map<String, String> labels = new TreeMap<>();
		labels.put(SCHEME, instance.secure() ? "https" : "http");
		labels.put(PREFIX + "service", instance.name());
		labels.put(PREFIX + "instance", instance.id());
		labels.put(PREFIX + "status", instance.status().name());
		instance.metadata().forEach((key, value) -> labels.put(PREFIX + "metadata_" + labelName(key), value));
		return new TargetGroup(List.of(target(String.valueOf(instance.address()), instance.port())), labels);
	}

	private static String target(String address, @Nullable Integer port) {
		return ((address.indexOf(':') >= 0) ? "[" + address + "]" : address) + ":" + port;
	}

	private static String labelName(String key) {
		return key.replaceAll("[^a-zA-Z0-9_]", "_");
	}

}
