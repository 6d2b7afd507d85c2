package io.roster.registry.ensemble;

import java.util.List;

import io.roster.ensemble.EnsembleStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The ensemble as the API shows it.
 *
 * @param quorum whether it has one
 * @param members what each member says of itself
 */
@Schema(example = """
		{"quorum":true,"members":[{"id":1,"address":"127.0.0.1:2181","role":"leader","epoch":1,"zxid":"4294967311",
		"version":"3.9.5","connections":3,"latencyMs":0.2}]}""")
public record EnsembleView(boolean quorum, List<MemberView> members) {

	static EnsembleView of(EnsembleStatus status) {
		return new EnsembleView(status.quorum(), status.members().stream().map(MemberView::of).toList());
	}

}
