package io.roster.quickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * An application of the demo.
 *
 * @param stage when it is stopped
 * @param name the name of its process
 * @param module the module that it is built in
 * @param port where it listens
 * @param properties what it is told beyond that
 */
record Application(Stage stage, String name, String module, int port, List<String> properties) {

	/** All of them, in the order in which they are started. */
	static List<Application> all(Ports ports) {
		List<Application> all = new ArrayList<>();
		all.add(new Application(Stage.SERVICES, "registry-server", "registry-server", ports.registry(), List.of()));
		all.add(new Application(Stage.SERVICES, "lock-service", "lock-service", ports.lock(), List.of()));
		List<String> lockService = List.of("--bikesvc.lock-service=http://127.0.0.1:" + ports.lock());
		for (int port : ports.bikesvc()) {
			all.add(new Application(Stage.CALLERS, "demo-bikesvc-" + port, "demo-bikesvc", port, lockService));
		}
		all.add(new Application(Stage.CALLERS, "demo-consumer", "demo-consumer", ports.consumer(), List.of()));
		return List.copyOf(all);
	}

}
