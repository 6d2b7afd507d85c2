package io.roster.ensemble;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What one member is told: the parameters of a {@code zoo.cfg}. The same one starts a
 * member inside an application, as one of a {@link LocalEnsemble}, or in a process of its
 * own.
 *
 * @param id the member's id: the content of {@code myid}; of no meaning without servers
 * @param client where it listens for clients; loopback unless told otherwise, other than
 * ZooKeeper, which listens on every interface
 * @param storage where its data is kept
 * @param timing its times
 * @param servers all members of the ensemble, this one included; empty for a standalone
 * member
 * @param other any further parameters of ZooKeeper, passed on as they are; ZooKeeper
 * turns those that it does not know into system properties {@code zookeeper.<name>},
 * which all members of one JVM share
 */
public record MemberConfig(int id, MemberAddress client, MemberStorage storage, MemberTiming timing,
		List<ServerEntry> servers, Map<String, String> other) {

	/**
	 * What members answer to over their client port: what {@link EnsembleStatus} asks,
	 * and two that probes ask. None of these changes anything.
	 */
	static final String FOUR_LETTER_WORDS = "srvr,mntr,conf,ruok,isro";

	public MemberConfig {
		servers = List.copyOf(servers);
		other = Map.copyOf(other);
		long ids = servers.stream().mapToInt(ServerEntry::id).distinct().count();
		if (ids != servers.size()) {
			throw new IllegalArgumentException(
					"Each server.N must stand in the list once, but the ids are " + ids(servers));
		}
		if (!servers.isEmpty() && servers.stream().noneMatch((server) -> !server.observer())) {
			throw new IllegalArgumentException(
					"An ensemble needs a member that votes, but all of server." + ids(servers) + " are observers");
		}
		if (!servers.isEmpty() && servers.stream().noneMatch((server) -> server.id() == id)) {
			throw new IllegalArgumentException("The member's id must be one of the server list, " + ids(servers)
					+ ", but is " + id + ": add a line server." + id + " or correct the id");
		}
	}

	/**
	 * A member that needs no other: the tutorial's times, clients on loopback, a purge
	 * every hour.
	 * @param dataDir where it keeps its data; it is made when the member starts
	 * @param clientPort where it listens on loopback
	 * @return the configuration
	 */
	public static MemberConfig standalone(Path dataDir, int clientPort) {
		return new MemberConfig(1, new MemberAddress(MemberAddress.LOOPBACK, clientPort), MemberStorage.in(dataDir),
				MemberTiming.DEFAULTS, List.of(), Map.of());
	}

	/**
	 * A member of an ensemble that listens for clients where its own line of the server
	 * list says so.
	 * @param id the member's id
	 * @param dataDir where it keeps its data; it is made when the member starts
	 * @param servers all members of the ensemble
	 * @return the configuration
	 * @throws IllegalArgumentException if the list lacks the id, or the line a client
	 * port
	 */
	public static MemberConfig member(int id, Path dataDir, List<ServerEntry> servers) {
		MemberAddress client = servers.stream()
			.filter((server) -> server.id() == id)
			.findFirst()
			.map(ServerEntry::client)
			.orElseThrow(() -> new IllegalArgumentException("The server list must have a line server." + id
					+ " that ends with ;host:clientPort, but it has " + servers));
		return new MemberConfig(id, client, MemberStorage.in(dataDir), MemberTiming.DEFAULTS, servers, Map.of());
	}

	/**
	 * Reads the parameters of a {@code zoo.cfg}. Where the file has no
	 * {@code clientPortAddress}, the member listens on loopback.
	 * @param properties the content of the file
	 * @param id the member's id, or null to read it from {@code myid} in the data
	 * directory
	 * @return the configuration
	 * @throws IllegalArgumentException if a value cannot be used; the message names it
	 * and what is expected
	 */
	public static MemberConfig fromProperties(Properties properties, @Nullable Integer id) {
		return new ZooCfg(properties).read(id);
	}

	/**
	 * Reads a {@code zoo.cfg}.
	 * @param file the file
	 * @param id the member's id, or null to read it from {@code myid} in the data
	 * directory
	 * @return the configuration
	 * @throws IllegalArgumentException if a value cannot be used; the message names it
	 * and what is expected
	 * @throws IOException if the file cannot be read
	 */
	public static MemberConfig read(Path file, @Nullable Integer id) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		return fromProperties(properties, id);
	}

	/**
	 * These parameters as a {@code zoo.cfg} has them.
	 * @return properties that {@link #fromProperties} and ZooKeeper's own scripts read
	 */
	public Properties toProperties() {
		return ZooCfg.write(this);
	}

	/**
	 * The same with other times.
	 * @param timing the times
	 * @return a new configuration
	 */
	public MemberConfig withTiming(MemberTiming timing) {
		return new MemberConfig(this.id, this.client, this.storage, timing, this.servers, this.other);
	}

	/**
	 * The same with one more of ZooKeeper's parameters, or another value of it.
	 * @param name the name, as in {@code zoo.cfg}
	 * @param value its value
	 * @return a new configuration
	 */
	public MemberConfig with(String name, String value) {
		Map<String, String> more = new TreeMap<>(this.other);
		more.put(name, value);
		return new MemberConfig(this.id, this.client, this.storage, this.timing, this.servers, more);
	}

	/**
	 * Whether this is a member of an ensemble: then it has a quorum to wait for.
	 * @return false for a standalone member
	 */
	public boolean isDistributed() {
		return !this.servers.isEmpty();
	}

	@Nullable ServerEntry self() {
		return this.servers.stream().filter((server) -> server.id() == this.id).findFirst().orElse(null);
	}

	/**
	 * Where clients reach this member from its own host.
	 * @return the client address, loopback in place of a wildcard
	 */
	public MemberAddress reachableClient() {
		return this.client.isWildcard() ? new MemberAddress(MemberAddress.LOOPBACK, this.client.port()) : this.client;
	}

	private static String ids(List<ServerEntry> servers) {
		return servers.stream().map((server) -> String.valueOf(server.id())).collect(Collectors.joining(", "));
	}

}
