package io.roster.registry.ensemble;

import java.time.Duration;
import java.util.List;

import io.roster.ensemble.MemberSettings;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that are shown, and what they mean.
 */
enum Parameter {

	/** The unit of the others. */
	TICK_TIME("tickTime", true, "ms",
			"The length of a tick, the unit of the other times: servers and clients send heartbeats by it."),

	/** For joining. */
	INIT_LIMIT("initLimit", true, "ticks", "Ticks that a follower has for connecting to the leader and catching up."),

	/** For staying. */
	SYNC_LIMIT("syncLimit", true, "ticks",
			"Ticks that a follower may lag behind the leader before it is dropped; also how long a cut-off leader believes that it leads."),

	/** Where the data is. */
	DATA_DIR("dataDir", true, "path",
			"Where the snapshots and the file myid are, and the transaction logs too unless dataLogDir names another folder."),

	/** For clients. */
	CLIENT_PORT("clientPort", true, "port", "Where clients connect."),

	/** Where the logs are. */
	DATA_LOG_DIR("dataLogDir", false, "path",
			"Where the transaction logs are; a disk of their own makes writes faster."),

	/** Lower bound of sessions. */
	MIN_SESSION_TIMEOUT("minSessionTimeout", false, "ms",
			"The shortest session timeout that a client gets, two ticks by default."),

	/** Upper bound of sessions. */
	MAX_SESSION_TIMEOUT("maxSessionTimeout", false, "ms",
			"The longest session timeout that a client gets, twenty ticks by default."),

	/** Connections of one address. */
	MAX_CLIENT_CNXNS("maxClientCnxns", false, "count",
			"How many connections one client address may have; 0 is no limit."),

	/** Purges. */
	PURGE_INTERVAL("autopurge.purgeInterval", false, "hours",
			"Hours from one purge of old snapshots and logs to the next; 0 is never. No member tells it over its client port.");

	private final String text;

	private final boolean main;

	private final String unit;

	private final String meaning;

	Parameter(String text, boolean main, String unit, String meaning) {
		this.text = text;
		this.main = main;
		this.unit = unit;
		this.meaning = meaning;
	}

	ConfigurationView.Parameter view(List<ConfigurationView.Value> values) {
		return new ConfigurationView.Parameter(this.text, this.main, this.unit, this.meaning, values);
	}

	ConfigurationView.Value valueOf(MemberSettings member, @Nullable Integer purgeHours) {
		String value = (this == PURGE_INTERVAL) ? text(purgeHours) : member.value(this.text);
		return new ConfigurationView.Value(member.id(), member.address().toString(), value,
				effective(value, member.value(TICK_TIME.text)));
	}

	private @Nullable String effective(@Nullable String value, @Nullable String tickTime) {
		if (value == null || !value.matches("\\d{1,9}")) {
			return null;
		}
		long number = Long.parseLong(value);
		return switch (this.unit) {
			case "ms" -> text(Duration.ofMillis(number));
			case "ticks" -> (tickTime != null && tickTime.matches("\\d{1,9}"))
					? text(Duration.ofMillis(number * Long.parseLong(tickTime))) : null;
			case "hours" -> (number > 0) ? number + "h" : null;
			default -> null;
		};
	}

	private static String text(Duration time) {
		return (time.toMillis() % 1000 == 0) ? time.toSeconds() + "s" : time.toMillis() + "ms";
	}

	private static @Nullable String text(@Nullable Integer number) {
		return (number != null) ? number.toString() : null;
	}

}
