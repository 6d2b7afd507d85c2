package io.roster.registry.history;

import java.util.List;
import java.util.stream.Stream;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.InstanceNodes;
import io.roster.registry.ZnodeRoots;
import io.roster.registry.registration.Registrations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The history of this replica.
 */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

	@Bean(destroyMethod = "close")
	KeptHistory history(HistoryProperties properties, Coordination coordination, ZnodeRoots roots,
			Registrations registrations, @Qualifier("rosterDiscoveryMirror") Mirror servers,
			@Qualifier("rosterCuratorMirror") ObjectProvider<Mirror> services) {
		List<Mirror> mirrors = Stream.concat(Stream.of(servers), services.stream()).toList();
		InstanceNodes instances = new InstanceNodes(roots.instances(), (mirrors.size() > 1) ? roots.services() : null);
		EventStore store = new EventStore(coordination.mirror(EventStore.ROOT, MirrorOptions.withData()), properties);
		KeptHistory history = new KeptHistory(properties, new InstanceWatch(instances, registrations::isRecorded),
				store);
		history.start(mirrors);
		return history;
	}

}
