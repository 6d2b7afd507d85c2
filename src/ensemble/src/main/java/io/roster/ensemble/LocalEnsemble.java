package io.roster.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.roster.ensemble.MemberStartException.Reason;

/**
 * An ensemble of real members inside this JVM, on free loopback ports that stay theirs
 * while they are stopped, with data that survives a restart of its members: for tests and
 * for development. Safe for use by several threads.
 */
public final class LocalEnsemble implements AutoCloseable {

	/**
	 * Ticks of 200 ms, so that sessions may be as short as 400 ms; a follower may be five
	 * seconds late, so that a busy machine does not break the quorum.
	 */
	public static final MemberTiming FAST = new MemberTiming(Duration.ofMillis(200), 50, 25, Duration.ofMillis(400),
			Duration.ofMinutes(2));

	private static final Duration QUORUM_BOUND = Duration.ofSeconds(30);

	private static final Duration STATUS_BOUND = Duration.ofSeconds(2);

	private static final int PORT_TRIES = 5;

	private final Path directory;

	private final boolean temporary;

	private final FreePorts ports = new FreePorts();

	private final Map<Integer, EmbeddedMember> members = new TreeMap<>();

	private LocalEnsemble(Path directory, boolean temporary) {
		this.directory = directory;
		this.temporary = temporary;
	}

	/**
	 * Starts members in a new temporary folder that is deleted on close, and waits until
	 * all of them serve.
	 * @param members how many members: one runs standalone, three and more elect a leader
	 * @return the running ensemble
	 * @throws MemberStartException if one cannot start
	 * @throws QuorumTimeoutException if one has not joined the quorum within 30 s
	 */
	public static LocalEnsemble start(int members) {
		return start(members, FAST);
	}

	/**
	 * The same with other times.
	 * @param members how many members
	 * @param timing their times
	 * @return the running ensemble
	 */
	public static LocalEnsemble start(int members, MemberTiming timing) {
		try {
			return start(members, Files.createTempDirectory("roster-ensemble-"), true, timing);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No temporary folder for the members' data", ex);
		}
	}

	/**
	 * Starts members on data that may be there from an earlier run, and stays on close;
	 * ports are new ones.
	 * @param members how many members, as many as in the earlier run
	 * @param directory holds one data directory per member
	 * @param timing their times
	 * @return the running ensemble
	 */
	public static LocalEnsemble start(int members, Path directory, MemberTiming timing) {
		return start(members, directory, false, timing);
	}

	private static LocalEnsemble start(int members, Path directory, boolean temporary, MemberTiming timing) {
		if (members < 1) {
			throw new IllegalArgumentException("An ensemble needs at least 1 member, but is to have " + members);
		}
		for (int tries = 1;; tries++) {
			LocalEnsemble ensemble = new LocalEnsemble(directory, temporary);
			try {
				ensemble.startAll(members, timing);
				return ensemble;
			}
			catch (MemberStartException ex) {
				ensemble.close();
				// Another program took a port between its choice and its use.
				if (ex.reason() != Reason.PORT_IN_USE || tries == PORT_TRIES) {
					throw ex;
				}
			}
			catch (RuntimeException ex) {
				ensemble.close();
				throw ex;
			}
		}
	}

	private synchronized void startAll(int count, MemberTiming timing) {
		List<ServerEntry> servers = (count == 1) ? List.of() : servers(count);
		for (int id = 1; id <= count; id++) {
			Path data = this.directory.resolve("member-" + id);
			MemberConfig config = servers.isEmpty() ? MemberConfig.standalone(data, this.ports.next())
					: MemberConfig.member(id, data, servers);
			// All clients of a test come from one address, of which ZooKeeper takes 60.
			this.members.put(id, new EmbeddedMember(config.withTiming(timing).with("maxClientCnxns", "0")));
		}
		this.members.values().forEach(EmbeddedMember::start);
		this.members.values().forEach((member) -> await(QuorumWait.of(member.config()), QUORUM_BOUND));
	}

	private List<ServerEntry> servers(int count) {
		List<ServerEntry> servers = new ArrayList<>();
		for (int id = 1; id <= count; id++) {
			servers.add(new ServerEntry(id, MemberAddress.LOOPBACK, this.ports.next(), this.ports.next(), false,
					new MemberAddress(MemberAddress.LOOPBACK, this.ports.next())));
		}
		return servers;
	}

	/**
	 * Where clients connect.
	 * @return {@code 127.0.0.1:port} of every member, separated by commas
	 */
	public String connectString() {
		return addresses().stream().map(MemberAddress::toString).collect(Collectors.joining(","));
	}

	/**
	 * Where clients of one member connect.
	 * @param id the member's id, from 1
	 * @return {@code 127.0.0.1:port}
	 */
	public String connectString(int id) {
		return member(id).config().client().toString();
	}

	/**
	 * The ids of all members, running or not.
	 * @return from 1 on
	 */
	public synchronized List<Integer> memberIds() {
		return List.copyOf(this.members.keySet());
	}

	/**
	 * The member that leads, by asking all of them; the only one where there is one.
	 * @return its id
	 * @throws IllegalStateException if none leads now
	 */
	public int leaderId() {
		EnsembleStatus status = status();
		return status.leader()
			.map(MemberStatus::id)
			.orElseThrow(() -> new IllegalStateException("No member leads: " + status.describe()));
	}

	/**
	 * The members that run and do not lead.
	 * @return their ids
	 */
	public List<Integer> followerIds() {
		return status().members()
			.stream()
			.filter((member) -> member.role() == MemberStatus.Role.FOLLOWER)
			.map(MemberStatus::id)
			.toList();
	}

	/**
	 * What the members say of themselves.
	 * @return the status
	 */
	public EnsembleStatus status() {
		return EnsembleStatus.of(addresses(), STATUS_BOUND);
	}

	/**
	 * Waits until most members serve and one of them leads.
	 * @param bound how long to wait at most
	 * @throws QuorumTimeoutException when it has passed; the message says what is missing
	 */
	public void awaitQuorum(Duration bound) {
		await(new QuorumWait(addresses(), null), bound);
	}

	private static void await(QuorumWait wait, Duration bound) {
		try {
			wait.await(bound);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a quorum", ex);
		}
	}

	/**
	 * Stops one member; its data stays, and its ports stay reserved. Stopping a stopped
	 * one does nothing.
	 * @param id the member's id, from 1
	 */
	public void stop(int id) {
		member(id).stop();
	}

	/**
	 * Starts a stopped member on its own data and ports. If most members run then, it
	 * waits until this one serves clients; otherwise it returns at once, as it must when
	 * all of them are started one after the other.
	 * @param id the member's id, from 1
	 * @param emptied whether its data is wiped before. A single one gets it again from
	 * the leader; when all have been stopped and are started emptied, the ensemble is a
	 * new one
	 */
	public void start(int id, boolean emptied) {
		EmbeddedMember member = member(id);
		if (emptied) {
			if (member.isRunning()) {
				throw new IllegalStateException("Member " + id + " runs: stop it before its data is wiped");
			}
			delete(member.config().storage().dataDir());
		}
		member.start();
		if (isMajorityRunning()) {
			await(QuorumWait.of(member.config()), QUORUM_BOUND);
		}
	}

	private synchronized boolean isMajorityRunning() {
		return this.members.values().stream().filter(EmbeddedMember::isRunning).count() * 2 > this.members.size();
	}

	/**
	 * Ends a session from outside, as the ensemble does when it expires: its ephemeral
	 * nodes are gone when this returns, and its owner finds it expired as soon as it
	 * connects again.
	 * @param sessionId the session's id
	 * @throws IllegalArgumentException if there is no such session
	 */
	public void closeSession(long sessionId) {
		try {
			SessionCloser.close(connectString(), sessionId);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while closing a session", ex);
		}
	}

	private synchronized EmbeddedMember member(int id) {
		return Optional.ofNullable(this.members.get(id))
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no member " + id + ", the members are " + this.members.keySet()));
	}

	private synchronized List<MemberAddress> addresses() {
		return this.members.values().stream().map((member) -> member.config().client()).toList();
	}

	/**
	 * Stops all members for good, gives their ports back, and deletes their data where it
	 * is in a temporary folder. Again does nothing.
	 */
	@Override
	public synchronized void close() {
		this.members.values().forEach(EmbeddedMember::close);
		this.ports.close();
		if (this.temporary) {
			delete(this.directory);
		}
	}

	private static void delete(Path directory) {
		try (Stream<Path> tree = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
			for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The data in " + directory + " could not be deleted", ex);
		}
	}

}
