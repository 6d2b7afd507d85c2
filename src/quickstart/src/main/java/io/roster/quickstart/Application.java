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

	/**
	 * One database for all instances of bikesvc, so that nothing but a bike's lock keeps
	 * them apart. The one that comes first opens the file and serves the others over
	 * loopback; if it is killed, another one takes over. A commit is on the disk before
	 * it is answered, for a killed process must not take a fencing token with it.
	 */
	private static final String BIKES = "jdbc:h2:file:./" + DemoFolder.BIKES + ";AUTO_SERVER=TRUE;WRITE_DELAY=0";

	/** All of them, in the order in which they are started. */
	static List<Application> all(Ports ports) {
		List<Application> all = new ArrayList<>();
		all.add(new Application(Stage.SERVICES, "registry-server", "registry-server", ports.registry(),
				List.of("--roster.console.lock-service=http://127.0.0.1:" + ports.lock())));
		all.add(new Application(Stage.SERVICES, "lock-service", "lock-service", ports.lock(), List.of()));
		List<String> shared = List.of("--roster.locks.client.urls=http://127.0.0.1:" + ports.lock(),
				"--spring.datasource.url=" + BIKES);
		for (int port : ports.bikesvc()) {
			all.add(new Application(Stage.CALLERS, "demo-bikesvc-" + port, "demo-bikesvc", port, shared));
		}
		all.add(new Application(Stage.CALLERS, "demo-consumer", "demo-consumer", ports.consumer(), List.of()));
		return List.copyOf(all);
	}

}
