package io.roster.acceptance.benchmark;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.springframework.cloud.zookeeper.serviceregistry.ServiceInstanceRegistration;
import org.springframework.cloud.zookeeper.serviceregistry.ZookeeperRegistration;
import org.springframework.cloud.zookeeper.serviceregistry.ZookeeperServiceRegistry;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with plain Spring Cloud ZooKeeper and its defaults, in a process without
 * Roster, that registers and deregisters what it is told to.
 */
final class PlainProvider {

	private PlainProvider() {
	}

	/**
	 * Obeys {@code start <port>} and {@code stop <port>}, until its input ends.
	 * @param args the ensemble, and the service
	 */
	public static void main(String[] args) throws Exception {
		PlainConsumer.requireNoRoster();
		ConfigurableApplicationContext context = SpringChooser.application(args[0]);
		ZookeeperServiceRegistry registry = context.getBean(ZookeeperServiceRegistry.class);
		Map<String, ZookeeperRegistration> registrations = new HashMap<>();
		ChildProcess.say(ChildProcess.READY);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			String port = line.substring(line.indexOf(' ') + 1);
			if (line.startsWith("start ")) {
				ZookeeperRegistration registration = registration(args[1], Integer.parseInt(port));
				registrations.put(port, registration);
				registry.register(registration);
			}
			else {
				registry.deregister(registrations.remove(port));
			}
			ChildProcess.say(line);
		}
		Runtime.getRuntime().halt(0);
	}

	private static ZookeeperRegistration registration(String service, int port) {
		return ServiceInstanceRegistration.builder()
			.defaultUriSpec()
			.name(service)
			.address("127.0.0.1")
			.port(port)
			.build();
	}

}
