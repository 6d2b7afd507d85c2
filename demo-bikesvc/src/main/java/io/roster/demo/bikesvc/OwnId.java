package io.roster.demo.bikesvc;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import lombok.RequiredArgsConstructor;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The id under which this instance is registered, which changes with its session. */
@Component
@RequiredArgsConstructor
class OwnId {

	static final String SERVICE = "bikesvc";

	private final Directory directory;

	private final Environment environment;

	/** The id, or a word that says that there is none. */
	String get() {
		Integer port = this.environment.getProperty("local.server.port", Integer.class);
		return this.directory.instances(SERVICE)
			.instances()
			.stream()
			.filter((instance) -> port != null && port.equals(instance.port()))
			.map(Instance::id)
			.findFirst()
			.orElse("unregistered");
	}

}
