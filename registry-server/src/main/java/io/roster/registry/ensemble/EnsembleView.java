package io.roster.registry.ensemble;

import java.util.List;

import io.roster.ensemble.EnsembleStatus;

/**
 * The ensemble as the API shows it.
 *
 * @param quorum whether it has one
 * @param members what each member says of itself
 */
public record EnsembleView(boolean quorum, List<MemberView> members) {

	static EnsembleView of(EnsembleStatus status) {
		return new EnsembleView(status.quorum(), status.members().stream().map(MemberView::of).toList());
	}

}
