package io.roster.discovery.spring;

import java.util.Map;

import io.roster.discovery.Instance;
import io.roster.discovery.balance.Candidate;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * What the balancer must know about an instance, whoever found it.
 */
final class Candidates {

	private Candidates() {
	}

	static Candidate of(ServiceInstance instance) {
		return (instance instanceof RosterServiceInstance own) ? own.candidate() : ofAnother(instance);
	}

	private static Candidate ofAnother(ServiceInstance instance) {
		String id = instance.getInstanceId();
		Map<String, String> metadata = instance.getMetadata();
		return new Candidate((id != null) ? id : instance.getHost() + ':' + instance.getPort(),
				(metadata != null) ? metadata.get(Instance.ZONE_KEY) : null,
				weight((metadata != null) ? metadata.get(Instance.WEIGHT_KEY) : null), false);
	}

	private static int weight(@Nullable String text) {
		try {
			int number = (text != null) ? Integer.parseInt(text.strip()) : 1;
			return (number >= 0) ? number : 1;
		}
		catch (NumberFormatException ex) {
			// anybody may have written it
			return 1;
		}
	}

}
