package io.roster.acceptance.cluster;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;

/**
 * Where a pod may run.
 */
final class Placement {

	private Placement() {
	}

	/** On any node but one; on any where none is named. */
	static Affinity notOn(String node) {
		if (node.isEmpty()) {
			return new Affinity();
		}
		return new AffinityBuilder().withNewNodeAffinity()
			.withNewRequiredDuringSchedulingIgnoredDuringExecution()
			.addNewNodeSelectorTerm()
			.addNewMatchField()
			.withKey("metadata.name")
			.withOperator("NotIn")
			.withValues(node)
			.endMatchField()
			.endNodeSelectorTerm()
			.endRequiredDuringSchedulingIgnoredDuringExecution()
			.endNodeAffinity()
			.build();
	}

}
