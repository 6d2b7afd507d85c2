package io.roster.ensemble;

import java.util.List;

/**
 * Something about an ensemble's settings that is unsound, or that nobody tells.
 *
 * @param code what it is, a name that stays the same
 * @param severity how much it matters
 * @param members the ids of the members that it is about; empty where it is about all
 * @param fact what is so, as a sentence
 * @param action what to do, as a sentence
 */
public record SettingsWarning(String code, Severity severity, List<Integer> members, String fact, String action) {

	public SettingsWarning {
		members = List.copyOf(members);
	}

	/** How much it matters. */
	public enum Severity {

		/** It will hurt some day. */
		WARNING,

		/** Good to know, or not to be known from here. */
		NOTICE

	}

}
