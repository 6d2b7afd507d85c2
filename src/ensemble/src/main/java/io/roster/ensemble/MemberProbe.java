package io.roster.ensemble;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.roster.ensemble.FourLetterWord.Answer;
import io.roster.ensemble.MemberStatus.Role;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member. {@code srvr} is always allowed and suffices; {@code conf} adds the id
 * and the list of servers; {@code mntr} stands in where a server was built without
 * {@code srvr}.
 */
final class MemberProbe {

	private static final Pattern OTHER_ADDRESSES = Pattern.compile("\\|[^|;]*:\\d+:\\d+");

	private final MemberAddress address;

	private final long deadline;

	MemberProbe(MemberAddress address, long deadline) {
		this.address = address;
		this.deadline = deadline;
	}

	/**
	 * What a member said.
	 *
	 * @param status its status
	 * @param servers the members that it knows; empty where it does not tell
	 */
	record Reply(MemberStatus status, List<ServerEntry> servers) {
	}

	Reply ask() {
		try {
			Answer srvr = FourLetterWord.ask(this.address, "srvr", this.deadline);
			if (srvr.isUseful()) {
				return withConf(fromSrvr(fields(srvr.text(), ':')));
			}
			Answer mntr = srvr.isServing() ? FourLetterWord.ask(this.address, "mntr", this.deadline) : srvr;
			if (mntr.isUseful()) {
				return withConf(fromMntr(fields(mntr.text(), '\t')));
			}
			return unreachable(mntr.isServing() ? MemberStatus.HIDING : MemberStatus.LOOKING);
		}
		catch (IOException ex) {
			return unreachable(explain(ex));
		}
		catch (IllegalArgumentException ex) {
			return unreachable("answers as no ZooKeeper member does (" + ex.getMessage() + ")");
		}
	}

	private Reply unreachable(String problem) {
		return new Reply(MemberStatus.unreachable(this.address, problem), List.of());
	}

	private static String explain(IOException ex) {
		if (ex instanceof SocketTimeoutException) {
			return EnsembleStatus.TOO_LATE;
		}
		if (ex instanceof UnknownHostException) {
			return "has a host name that is not known";
		}
		boolean refused = ex instanceof ConnectException && String.valueOf(ex.getMessage()).contains("refused");
		return refused ? "refuses connections" : "cannot be reached (" + ex + ")";
	}

	private MemberStatus fromSrvr(Map<String, String> fields) {
		String latency = fields.getOrDefault("Latency min/avg/max", "0/0/0");
		return status(fields.get("Mode"), Long.decode(fields.getOrDefault("Zxid", "0x0")),
				fields.get("Zookeeper version"), fields.getOrDefault("Connections", "0"), latency.split("/", -1)[1]);
	}

	/** Only the leader's mntr tells a zxid. */
	private MemberStatus fromMntr(Map<String, String> fields) {
		return status(fields.get("zk_server_state"), null, fields.get("zk_version"),
				fields.getOrDefault("zk_num_alive_connections", "0"), fields.getOrDefault("zk_avg_latency", "0"));
	}

	private MemberStatus status(@Nullable String mode, @Nullable Long zxid, @Nullable String version,
			String connections, String latency) {
		Role role = role(mode);
		if (role == Role.UNREACHABLE) {
			return MemberStatus.unreachable(this.address, "answers with the unknown mode '" + mode + "'");
		}
		return new MemberStatus(null, this.address, role, (zxid != null) ? Long.valueOf(zxid >>> 32) : null, zxid,
				shortVersion(version), Math.max(0, Integer.parseInt(connections) - 1), Double.valueOf(latency), null);
	}

	private static Role role(@Nullable String mode) {
		return switch ((mode != null) ? mode.toLowerCase(Locale.ROOT) : "") {
			case "leader" -> Role.LEADER;
			case "follower" -> Role.FOLLOWER;
			case "observer" -> Role.OBSERVER;
			case "standalone" -> Role.STANDALONE;
			default -> Role.UNREACHABLE;
		};
	}

	/** The version without the commit and the date of its build. */
	private static @Nullable String shortVersion(@Nullable String version) {
		if (version == null) {
			return null;
		}
		int end = version.indexOf('-');
		return ((end < 0) ? version : version.substring(0, end)).strip();
	}

	private Reply withConf(MemberStatus status) {
		Answer conf = conf();
		if (conf == null || !conf.isUseful()) {
			return new Reply(status, List.of());
		}
		Map<String, String> fields = fields(conf.text(), '=');
		int id = Integer.parseInt(fields.getOrDefault("serverId", "0"));
		return new Reply((id > 0) ? status.withId(id) : status, servers(fields));
	}

	/** Without it the status is poorer, not wrong. */
	private @Nullable Answer conf() {
		try {
			return FourLetterWord.ask(this.address, "conf", this.deadline);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static List<ServerEntry> servers(Map<String, String> fields) {
		List<ServerEntry> servers = new ArrayList<>();
		fields.forEach((name, value) -> {
			if (name.startsWith("server.")) {
				// Of a server with several addresses the first will do.
				String first = OTHER_ADDRESSES.matcher(value).replaceAll("");
				servers.add(ServerEntry.parse(Integer.parseInt(name.substring("server.".length())), first));
			}
		});
		return servers;
	}

	static Map<String, String> fields(String text, char separator) {
		Map<String, String> fields = new HashMap<>();
		text.lines().forEach((line) -> {
			int end = line.indexOf(separator);
			if (end > 0) {
				fields.put(line.substring(0, end).strip(), line.substring(end + 1).strip());
			}
		});
		return fields;
	}

}
