package io.roster.ensemble;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one member says of its settings, by the four-letter word {@code conf}.
 *
 * @param id its id, {@code null} where it is not known
 * @param address where it was asked
 * @param told whether it has told its settings
 * @param values the effective values by ZooKeeper's names; empty where it does not tell
 * @param servers the {@code server.N} lines that it goes by, by id; empty where it does
 * not tell, and where it is alone
 */
public record MemberSettings(@Nullable Integer id, MemberAddress address, boolean told, Map<String, String> values,
		Map<Integer, String> servers) {

	public MemberSettings {
		values = Map.copyOf(values);
		servers = Map.copyOf(servers);
	}

	/**
	 * One setting.
	 * @param name ZooKeeper's name of it
	 * @return its effective value, {@code null} where the member does not tell
	 */
	public @Nullable String value(String name) {
		return this.values.get(name);
	}

}
