package io.roster.registry.ensemble;

import java.util.ArrayList;
import java.util.List;

import io.roster.ensemble.LeaderElection.Candidate;
import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An election to be thought through.
 */
@Schema(name = "Simulation", description = "An election to be thought through.")
record SimulationBody(
		@Schema(description = "How many members with a vote there are", example = "5") @Nullable Integer members,
		@Schema(description = "Those who take part") @Nullable List<@Nullable Stand> candidates) {

	private static final int MOST = 255;

	int checkedMembers() {
		if (this.members == null || this.members < 1 || this.members > MOST) {
			throw new InvalidRequestException("members",
					"members is a number from 1 to 255, and not " + this.members + ".");
		}
		return this.members;
	}

	List<Candidate> checkedCandidates() {
		if (this.candidates == null) {
			throw new InvalidRequestException("candidates", "candidates is missing.");
		}
		List<Candidate> checked = new ArrayList<>();
		for (int i = 0; i < this.candidates.size(); i++) {
			checked.add(candidate("candidates[" + i + "]", this.candidates.get(i)));
		}
		return checked;
	}

	private static Candidate candidate(String field, @Nullable Stand stand) {
		if (stand == null || stand.id() == null || stand.epoch() == null || stand.zxid() == null) {
			throw new InvalidRequestException(field, field + " needs an id, an epoch and a zxid.");
		}
		if (stand.id() < 0 || stand.id() > MOST || stand.epoch() < 0) {
			throw new InvalidRequestException(field,
					field + " has an id from 0 to 255 and an epoch that is not negative.");
		}
		return new Candidate(stand.id(), stand.epoch(), zxid(field + ".zxid", stand.zxid()));
	}

	/** Decimal, or hexadecimal with 0x as ZooKeeper's own tools write it. */
	private static long zxid(String field, String text) {
		try {
			return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
		}
		catch (NumberFormatException ex) {
			throw new InvalidRequestException(field,
					field + " is a 64-bit number such as \"4294967311\" or \"0x10000000f\", and not '" + text + "'.");
		}
	}

	/**
	 * What a member stands with.
	 */
	@Schema(name = "Candidate", description = "What a member stands with.")
	record Stand(@Schema(description = "Its id, as in server.N", example = "1") @Nullable Integer id,
			@Schema(description = "The last epoch that it has accepted", example = "1") @Nullable Long epoch,
			@Schema(description = "The last transaction in its log, as a string",
					example = "8") @Nullable String zxid) {
	}

}
