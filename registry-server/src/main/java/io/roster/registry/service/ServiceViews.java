package io.roster.registry.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.Instance;
import io.roster.discovery.ServiceList;
import lombok.RequiredArgsConstructor;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Makes what is answered of services. The instances are written once for each revision,
 * which names their content, however many ask: with a thousand of them that is nearly all
 * the work of an answer.
 */
@Component
@RequiredArgsConstructor
class ServiceViews {

	private final JsonMapper json;

	/** The last of each service that has instances. */
	private final Map<String, Written> written = new ConcurrentHashMap<>();

	ServiceView of(ServiceList list) {
		return new ServiceView(list.revision(), list.stale(), list.age().toMillis(), list.name(), instances(list));
	}

	private InstanceList instances(ServiceList list) {
		if (list.instances().isEmpty()) {
			this.written.remove(list.name());
			return InstanceList.NONE;
		}
		Written known = this.written.get(list.name());
		if (known == null || !known.revision().equals(list.revision())) {
			known = new Written(list.revision(), write(list.instances()));
			this.written.put(list.name(), known);
		}
		return known.instances();
	}

	private InstanceList write(List<Instance> instances) {
		return new InstanceList(
				new SerializedString(this.json.writeValueAsString(instances.stream().map(InstanceView::of).toList())));
	}

	private record Written(String revision, InstanceList instances) {
	}

}
