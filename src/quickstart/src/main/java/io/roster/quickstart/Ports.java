package io.roster.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The loopback ports of a demo.
 *
 * @param members the client ports of the members, in the order of their ids
 * @param quorum the ports on which followers reach the leader
 * @param election the ports on which members vote
 * @param registry registry-server
 * @param lock lock-service
 * @param consumer demo-consumer
 * @param bikesvc one for each instance of demo-bikesvc
 */
record Ports(List<Integer> members, List<Integer> quorum, List<Integer> election, int registry, int lock, int consumer,
		List<Integer> bikesvc) {

	static final int MEMBERS = 3;

	private static final int HIGHEST_PORT = 65_535;

	/** Below the range from which systems take the ports of outgoing connections. */
	private static final int FREE_FROM = 12_000;

	private static final int FREE_TO = 30_000;

	static Ports standard(int bikesvcs, int offset) {
		Ports ports = new Ports(from(2181 + offset, MEMBERS), from(2888 + offset, MEMBERS),
				from(3888 + offset, MEMBERS), 8760 + offset, 8770 + offset, 8780 + offset,
				from(8790 + offset, bikesvcs));
		if (ports.all().stream().anyMatch((port) -> port < 1 || port > HIGHEST_PORT)) {
			throw new UsageException("--port-offset " + offset + " leads to ports outside of 1 to " + HIGHEST_PORT);
		}
		return ports;
	}

	/** Ports that are free now. */
	static Ports free(int bikesvcs) {
		Set<Integer> found = new LinkedHashSet<>();
		while (found.size() < 3 * MEMBERS + 3 + bikesvcs) {
			int candidate = ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO);
			if (isFree(candidate)) {
				found.add(candidate);
			}
		}
		List<Integer> ports = List.copyOf(found);
		int next = 3 * MEMBERS;
		return new Ports(ports.subList(0, MEMBERS), ports.subList(MEMBERS, 2 * MEMBERS),
				ports.subList(2 * MEMBERS, next), ports.get(next), ports.get(next + 1), ports.get(next + 2),
				ports.subList(next + 3, ports.size()));
	}

	static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** What applications connect to. */
	String connectString() {
		return this.members.stream().map((port) -> "127.0.0.1:" + port).collect(Collectors.joining(","));
	}

	List<Integer> all() {
		List<Integer> all = new ArrayList<>();
		all.addAll(this.members);
		all.addAll(this.quorum);
		all.addAll(this.election);
		all.addAll(List.of(this.registry, this.lock, this.consumer));
		all.addAll(this.bikesvc);
		return List.copyOf(all);
	}

	/**
	 * Tells the {@code member} commands, and scripts, where the demo of a folder listens.
	 */
	void write(Path file) throws IOException {
		Properties properties = new Properties();
		properties.setProperty("members", joined(this.members));
		properties.setProperty("quorum", joined(this.quorum));
		properties.setProperty("election", joined(this.election));
		properties.setProperty("registry-server", Integer.toString(this.registry));
		properties.setProperty("lock-service", Integer.toString(this.lock));
		properties.setProperty("demo-consumer", Integer.toString(this.consumer));
		properties.setProperty("demo-bikesvc", joined(this.bikesvc));
		try (OutputStream out = Files.newOutputStream(file)) {
			properties.store(out, "Ports of the last demo in this folder");
		}
	}

	static Ports read(Path file) throws IOException {
		Properties properties = new Properties();
		try (InputStream in = Files.newInputStream(file)) {
			properties.load(in);
		}
		return new Ports(list(properties, "members"), list(properties, "quorum"), list(properties, "election"),
				list(properties, "registry-server").get(0), list(properties, "lock-service").get(0),
				list(properties, "demo-consumer").get(0), list(properties, "demo-bikesvc"));
	}

	private static String joined(List<Integer> ports) {
		return ports.stream().map(String::valueOf).collect(Collectors.joining(","));
	}

	private static List<Integer> list(Properties properties, String key) throws IOException {
		try {
			return Arrays.stream(properties.getProperty(key, "").split(",", -1)).map(Integer::valueOf).toList();
		}
		catch (NumberFormatException ex) {
			throw new IOException("'" + key + "' is missing or not a list of ports: delete the file", ex);
		}
	}

	private static List<Integer> from(int first, int count) {
		return IntStream.range(first, first + count).boxed().toList();
	}

}
