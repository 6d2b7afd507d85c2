package io.roster.registry.ensemble;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.roster.ensemble.SeenElection;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An election as the API shows it, and as it is kept for all replicas.
 */
@Schema(name = "Election",
		description = "An election that was seen: by looking at the members again and again, because "
				+ "ZooKeeper tells nobody who stood with what.")
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ElectionView(@Schema(description = "The epoch that began with it: known", example = "2") long epoch,
		@Schema(description = "When it was noticed, at most a survey and its interval after it took place") Instant at,
		@Schema(description = "The member that leads in the epoch: known, it says so itself", example = "2") int winner,
		@Schema(description = "How many members have a vote", example = "3") int voters,
		@Schema(description = "Who led before; epochs in between had leaders that were not seen") Before before,
		@Schema(description = "Who took part and with what: inferred from what each member had said last before") List<Stand> candidates,
		@Schema(description = "Whether the greatest epoch, then zxid, then id of these candidates is the winner's") boolean explained,
		@Schema(description = "The sentence that explains it, or says why it cannot be explained",
				example = "Member 2 leads, because its id is the greatest of those with the greatest epoch, 1, and the "
						+ "greatest zxid, 4294967311; 2 of 3 members are a strict majority.") String why) {

	static ElectionView of(SeenElection election) {
		return new ElectionView(election.epoch(), election.at(), election.winner(), election.voters(),
				new Before(election.before().epoch(), election.before().leader()),
				election.candidates().stream().map(Stand::of).toList(), election.explained(), election.why());
	}

	/**
	 * Who led before.
	 */
	@Schema(name = "LedBefore", description = "Who led before.")
	public record Before(@Schema(example = "1") long epoch, @Schema(example = "3") int leader) {
	}

	/**
	 * What a member stood with.
	 */
	@Schema(name = "Stood", description = "What a member stood with, as far as it was known.")
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Stand(@Schema(example = "2") int id,
			@Schema(description = "null if it was never heard", example = "1") @Nullable Long epoch,
			@Schema(description = "null if it was never heard", example = "4294967311") @Nullable String zxid,
			@Schema(description = "When it had said so") @Nullable Instant surveyedAt) {

		static Stand of(SeenElection.Stand stand) {
			Long zxid = stand.zxid();
			return new Stand(stand.id(), stand.epoch(), (zxid != null) ? Long.toUnsignedString(zxid) : null,
					stand.surveyedAt());
		}

	}

}
