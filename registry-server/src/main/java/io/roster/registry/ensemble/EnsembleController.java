package io.roster.registry.ensemble;

import java.util.List;

import io.roster.ensemble.LeaderElection;
import io.roster.registry.problem.InvalidRequestException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the ensemble does.
 */
@Tag(name = "Ensemble")
@RestController
@RequestMapping("/api/v1/ensemble")
@RequiredArgsConstructor
class EnsembleController {

	private final EnsembleSurveyor surveyor;

	private final EnsembleFeed feed;

	private final EnsembleConfigurations configurations;

	@Operation(summary = "What each member says of itself, and whether there is a quorum")
	@GetMapping
	EnsembleView ensemble() {
		return EnsembleView.of(this.surveyor.status());
	}

	@Operation(summary = "The elections that were seen, and why each one ended as it did",
			description = "Noticed by looking at all members every roster.ensemble.survey-interval, kept in the ensemble "
					+ "and the same at all replicas. The winner and its epoch are known; who took part with what is "
					+ "inferred from what each member had said last before.")
	@GetMapping("/elections")
	ElectionsView elections() {
		return ElectionsView.of(this.feed.recentElections());
	}

	@Operation(summary = "The settings that the members go by, what they mean, and what is unsound about them",
			description = "Each value is what the member itself tells; null where it does not tell.")
	@GetMapping("/configuration")
	ConfigurationView configuration() {
		return this.configurations.read();
	}

	@Operation(summary = "Who would win an election, and why",
			description = "The greatest epoch wins, then the greatest zxid, then the greatest id; and those who take "
					+ "part must be a strict majority of all members.")
	@PostMapping("/elections/simulate")
	LeaderElection.Result simulate(@RequestBody SimulationBody body) {
		int members = body.checkedMembers();
		List<LeaderElection.Candidate> candidates = body.checkedCandidates();
		try {
			return LeaderElection.decide(members, candidates);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("candidates", "This cannot be: " + ex.getMessage() + ".");
		}
	}

}
