package io.roster.registry.ensemble;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The elections as the API shows them.
 *
 * @param elections the latest first
 * @param note what of it is known, and what is inferred
 */
@Schema(name = "Elections", description = "The elections that were seen, the latest first.")
public record ElectionsView(List<ElectionView> elections,
		@Schema(description = "What of it is known, and what is inferred",
				example = "That the winner leads in the epoch is known.") String note) {

	private static final String NOTE = "That the winner leads in the epoch is known: it says so itself. Who took part, "
			+ "and with which epoch and zxid, is inferred from what each member had said in the last survey before; "
			+ "ZooKeeper does not tell. Elections before the first registry server, while none was running, or between "
			+ "two surveys are not seen.";

	/**
	 * Shows elections.
	 * @param elections the latest first
	 * @return their view
	 */
	public static ElectionsView of(List<ElectionView> elections) {
		return new ElectionsView(elections, NOTE);
	}

}
