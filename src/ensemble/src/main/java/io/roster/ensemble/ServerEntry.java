package io.roster.ensemble;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One {@code server.N} line: where a member of an ensemble is found by the other ones.
 *
 * @param id the member's id, the N; 1 to 255 by ZooKeeper's documentation
 * @param host the host or address that the other members connect to, and that this one
 * listens on
 * @param quorumPort where followers follow it while it leads
 * @param electionPort where it takes part in elections
 * @param observer whether it follows without a vote
 * @param client where its clients connect; null when its own configuration says so alone
 */
public record ServerEntry(int id, String host, int quorumPort, int electionPort, boolean observer,
		@Nullable MemberAddress client) {

	private static final String HOST = "(\\[[^\\]]+]|[^:;|\\[\\]]+)";

	private static final Pattern LINE = Pattern
		.compile(HOST + ":(\\d+):(\\d+)(?::(participant|observer))?(?:;(?:" + HOST + ":)?(\\d+))?");

	public ServerEntry {
		if (id < 1 || id > 255) {
			throw new IllegalArgumentException("A member's id must be from 1 to 255, but is " + id);
		}
		if (host.isBlank()) {
			throw new IllegalArgumentException("server." + id + " needs a host, but it is blank");
		}
		MemberAddress.requirePort("The quorum port of server." + id, quorumPort);
		MemberAddress.requirePort("The election port of server." + id, electionPort);
	}

	/**
	 * Reads the value of a {@code server.N} line.
	 * @param id the N
	 * @param value
	 * {@code host:quorumPort:electionPort[:participant|observer][;[host:]clientPort]}
	 * @return the entry
	 * @throws IllegalArgumentException if the value has another form
	 */
	public static ServerEntry parse(int id, String value) {
		Matcher line = LINE.matcher(value.strip().toLowerCase(Locale.ROOT));
		if (!line.matches()) {
			throw new IllegalArgumentException("server." + id
					+ " must be host:quorumPort:electionPort[:participant|observer][;[host:]clientPort], but is '"
					+ value + "'");
		}
		String host = MemberAddress.withoutBrackets(line.group(1));
		String where = "server." + id;
		return new ServerEntry(id, host, MemberAddress.parsePort(where, line.group(2)),
				MemberAddress.parsePort(where, line.group(3)), "observer".equals(line.group(4)), client(where, line));
	}

	private static @Nullable MemberAddress client(String where, Matcher line) {
		if (line.group(6) == null) {
			return null;
		}
		String host = (line.group(5) == null) ? "0.0.0.0" : MemberAddress.withoutBrackets(line.group(5));
		return new MemberAddress(host, MemberAddress.parsePort(where, line.group(6)));
	}

	/**
	 * Where a client finds this member: a wildcard address is one to listen on, so the
	 * host of the quorum stands in for it.
	 * @return the address, or null where the line names no client port
	 */
	@Nullable MemberAddress reachableClient() {
		if (this.client == null || !this.client.isWildcard()) {
			return this.client;
		}
		return new MemberAddress(this.host, this.client.port());
	}

	/**
	 * The same, with a guess for a line of the classic form, which has no client port:
	 * most ensembles use one port on all hosts.
	 * @param port the client port of another member
	 */
	MemberAddress reachableClient(int port) {
		MemberAddress known = reachableClient();
		return (known != null) ? known : new MemberAddress(this.host, port);
	}

	MemberAddress quorum() {
		return new MemberAddress(this.host, this.quorumPort);
	}

	MemberAddress election() {
		return new MemberAddress(this.host, this.electionPort);
	}

	/**
	 * The value of the line.
	 * @return the text that {@link #parse} reads
	 */
	public String value() {
		String value = MemberAddress.bracketed(this.host) + ":" + this.quorumPort + ":" + this.electionPort
				+ (this.observer ? ":observer" : ":participant");
		return (this.client != null) ? value + ";" + this.client : value;
	}

}
