package io.roster.registry.ensemble;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;

import org.springframework.web.bind.annotation.GetMapping;
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

	@Operation(summary = "What each member says of itself, and whether there is a quorum")
	@GetMapping
	EnsembleView ensemble() {
		return EnsembleView.of(this.surveyor.status());
	}

}
