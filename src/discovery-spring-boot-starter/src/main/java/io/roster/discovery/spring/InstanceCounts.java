package io.roster.discovery.spring;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.roster.discovery.Instance;
import io.roster.discovery.InstanceStatus;
import io.roster.discovery.ServiceList;

/**
 * The instances of a service by status. A suspect counts as that and not by the status
 * that it had, so that the counts add up to the length of the list.
 */
final class InstanceCounts {

	static final String SUSPECT = "suspect";

	/** All that there are. */
	static final List<String> STATUSES = Stream
		.concat(Arrays.stream(InstanceStatus.values()).map(InstanceCounts::text), Stream.of(SUSPECT))
		.toList();

	private InstanceCounts() {
	}

	static Map<String, Integer> of(ServiceList list) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		STATUSES.forEach((status) -> counts.put(status, 0));
		list.instances().forEach((instance) -> counts.merge(statusOf(instance), 1, Integer::sum));
		return counts;
	}

	static long count(ServiceList list, String status) {
		return list.instances().stream().filter((instance) -> statusOf(instance).equals(status)).count();
	}

	private static String statusOf(Instance instance) {
		return instance.suspect() ? SUSPECT : text(instance.status());
	}

	private static String text(InstanceStatus status) {
		return status.name().toLowerCase(Locale.ROOT);
	}

}
