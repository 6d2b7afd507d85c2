package io.roster.discovery.spring;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.roster.discovery.Instance;
import io.roster.discovery.InstanceData;
import io.roster.discovery.balance.Candidate;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceType;
import org.apache.curator.x.discovery.UriSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.zookeeper.discovery.ZookeeperDiscoveryProperties;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;
import org.springframework.cloud.zookeeper.discovery.ZookeeperServiceInstance;

/**
 * An instance as Spring Cloud ZooKeeper's own classes know it, under the id that the
 * ensemble gave it.
 */
final class RosterServiceInstance extends ZookeeperServiceInstance {

	private static final UriSpec URI_SPEC = new UriSpec(ZookeeperDiscoveryProperties.DEFAULT_URI_SPEC);

	private final Candidate candidate;

	RosterServiceInstance(Instance instance) {
		super(instance.name(), toCurator(instance));
		this.candidate = new Candidate(new Identity(instance.path(), instance.czxid()), instance.zone(),
				instance.weight(), instance.suspect());
	}

	/**
	 * The same as Curator's class.
	 * @param instance an instance that names an endpoint
	 */
	static ServiceInstance<ZookeeperInstance> toCurator(Instance instance) {
		Map<String, String> metadata = new HashMap<>(instance.metadata());
		metadata.put(InstanceData.STATUS_KEY, instance.status().name());
		ZookeeperInstance payload = new ZookeeperInstance(instance.id(), instance.name(), metadata);
		Integer port = instance.port();
		return new ServiceInstance<>(instance.name(), instance.id(), inUri(instance.address()), port,
				instance.secure() ? port : null, payload, registeredAt(instance), ServiceType.DYNAMIC, URI_SPEC);
	}

	private static @Nullable String inUri(@Nullable String address) {
		return (address != null && address.indexOf(':') >= 0) ? '[' + address + ']' : address;
	}

	private static long registeredAt(Instance instance) {
		Instant registeredAt = instance.registeredAt();
		return (registeredAt != null) ? registeredAt.toEpochMilli() : 0;
	}

	/**
	 * What the balancer must know about it.
	 */
	Candidate candidate() {
		return this.candidate;
	}

	/**
	 * A node that was deleted and created again under the same path is another instance.
	 */
	record Identity(String path, long czxid) {
	}

}
