package io.roster.locks;

import java.util.List;

/**
 * A part of the audit trail, the answer to {@code GET /audit}: what operators did, at any
 * replica, from records in the ensemble that outlive restarts; and the newest grants and
 * expiries of the replica that answers, from its memory (its log has all of them).
 *
 * @param records the records, the oldest first
 * @param more whether there are later ones, after the last one's revision
 */
public record AuditPage(List<AuditRecord> records, boolean more) {

	public AuditPage {
		records = List.copyOf(records);
	}

}
