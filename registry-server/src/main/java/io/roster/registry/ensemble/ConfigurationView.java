package io.roster.registry.ensemble;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.roster.ensemble.SettingsWarning;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the ensemble as the API shows them.
 */
@Schema(name = "EnsembleConfiguration", description = "The settings that the members go by, as they tell them.")
@JsonInclude(JsonInclude.Include.ALWAYS)
record ConfigurationView(
		@Schema(description = "The five main parameters, then further ones") List<Parameter> parameters,
		@Schema(description = "The server.N lines; none where one member is alone") List<Server> servers,
		@Schema(description = "The version of the list of servers, if the ensemble tells it",
				example = "0") @Nullable String serversVersion,
		@Schema(description = "What is unsound, and what nobody tells") List<Warning> warnings) {

	/**
	 * A parameter.
	 */
	@Schema(name = "EnsembleParameter", description = "A parameter of zoo.cfg and what each member goes by.")
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Parameter(@Schema(description = "Its name in zoo.cfg", example = "initLimit") String name,
			@Schema(description = "Whether it is one of the five main ones") boolean main,
			@Schema(description = "What its value counts", allowableValues = {
					"ms", "ticks", "path", "port", "count", "hours" }, example = "ticks") String unit,
			@Schema(description = "What it means",
					example = "Ticks that a follower has for connecting to the leader and catching up.") String meaning,
			@Schema(description = "One for each member") List<Value> values){
	}

	/**
	 * What one member goes by.
	 */
	@Schema(name = "EnsembleParameterValue", description = "What one member goes by.")
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Value(
			@Schema(description = "The member's id, null where it is not known",
					example = "1") @Nullable Integer member,
			@Schema(description = "Where it was asked", example = "127.0.0.1:2181") String address,
			@Schema(description = "Its value, null where the member does not tell",
					example = "10") @Nullable String value,
			@Schema(description = "The time that this is, null for what is no time or is not told",
					example = "20s") @Nullable String effective) {
	}

	/**
	 * A {@code server.N} line.
	 */
	@Schema(name = "EnsembleServer", description = "A server.N line.")
	@JsonInclude(JsonInclude.Include.ALWAYS)
	record Server(@Schema(description = "The N", example = "1") int id,
			@Schema(example = "server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181") String line,
			@Schema(description = "Where the others find it, null if the line cannot be read",
					example = "127.0.0.1") @Nullable String host,
			@Schema(description = "Where followers connect while it leads",
					example = "2888") @Nullable Integer quorumPort,
			@Schema(description = "Where votes are exchanged", example = "3888") @Nullable Integer electionPort,
			@Schema(description = "Whether it votes", allowableValues = {
					"participant", "observer" }, example = "participant") @Nullable String role,
			@Schema(description = "Where its clients connect, null if its own zoo.cfg says so alone",
					example = "127.0.0.1:2181") @Nullable String client,
			@Schema(description = "What the line means",
					example = "Member 1 votes at 127.0.0.1: followers connect to port 2888 while it leads.") String meaning,
			@Schema(description = "The addresses of the members that have told it; config is the ensemble's own znode",
					example = "[\"127.0.0.1:2181\",\"config\"]") List<String> toldBy){
	}

	/**
	 * Something unsound.
	 */
	@Schema(name = "EnsembleWarning", description = "Something unsound, or something that nobody tells.")
	record Warning(@Schema(description = "What it is; these names stay", allowableValues = {
			"even-members", "single-member", "no-autopurge", "autopurge-not-told", "temporary-folder",
			"session-timeout-out-of-range", "members-disagree", "settings-not-told" },
			example = "even-members") String code,
			@Schema(description = "How much it matters", allowableValues = { "warning", "notice" },
					example = "warning") String severity,
			@Schema(description = "The ids of the members that it is about; none where it is about all",
					example = "[1]") List<Integer> members,
			@Schema(description = "What is so",
					example = "4 members vote: a majority is 3, so no more of them may fail than of 3.") String detail,
			@Schema(description = "What to do",
					example = "Add a member or remove one; an observer does not count.") String action){

		static Warning of(SettingsWarning warning) {
			return new Warning(warning.code(), warning.severity().name().toLowerCase(Locale.ROOT), warning.members(),
					warning.fact(), warning.action());
		}

	}

}
