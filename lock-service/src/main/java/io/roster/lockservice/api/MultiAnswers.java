package io.roster.lockservice.api;

import io.roster.locks.AcquireResult;
import io.roster.locks.LeaseState;
import io.roster.locks.MultiLease;
import io.roster.locks.MultiResult;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What each outcome of a call about several locks looks like over HTTP.
 */
final class MultiAnswers {

	private MultiAnswers() {
	}

	static ResponseEntity<Object> acquired(MultiResult result, Requester requester) {
		if (result instanceof MultiResult.Ended ended) {
			return Answers.acquired(ended.why(), requester);
		}
		MultiLease lease = ((MultiResult.Standing) result).lease();
		return ResponseEntity.status((lease.state() == LeaseState.HELD) ? HttpStatus.OK : HttpStatus.ACCEPTED)
			.body(lease);
	}

	/** What a renewal or a look found: nothing that has holders to show. */
	static ResponseEntity<Object> found(MultiResult result) {
		return (result instanceof MultiResult.Standing standing) ? ResponseEntity.ok(standing.lease())
				: Answers.acquired(((MultiResult.Ended) result).why(), new Requester(null, false));
	}

	/**
	 * The answer to a call that waits at a replica that stops, and that found its places.
	 */
	static ResponseEntity<Object> interrupted(MultiResult result) {
		return (result instanceof MultiResult.Standing standing && standing.lease().state() == LeaseState.WAITING)
				? ResponseEntity.status(HttpStatus.ACCEPTED).body(standing.lease())
				: Answers.unavailable("This replica stops.", 1);
	}

	/** What a look that failed found. */
	static MultiResult nothing() {
		return new MultiResult.Ended(new AcquireResult.Gone());
	}

}
