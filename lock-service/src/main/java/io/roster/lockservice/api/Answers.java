package io.roster.lockservice.api;

import java.util.List;

import io.roster.lockservice.problem.Problem;
import io.roster.locks.AcquireResult;
import io.roster.locks.DeclareResult;
import io.roster.locks.EndResult;
import io.roster.locks.FindResult;
import io.roster.locks.Lease;
import io.roster.locks.LeaseState;
import io.roster.locks.LockKind;
import io.roster.locks.Place;
import io.roster.locks.ReleaseResult;
import io.roster.locks.RenewResult;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * What each outcome looks like over HTTP.
 */
final class Answers {

	private Answers() {
	}

	static ResponseEntity<Object> acquired(AcquireResult result, Requester requester) {
		if (result instanceof AcquireResult.Held held) {
			return ResponseEntity.ok(held.lease());
		}
		if (result instanceof AcquireResult.Waiting waiting) {
			return waiting(waiting.lease());
		}
		if (result instanceof AcquireResult.Refused refused) {
			return problem(held(refused.holders().stream().map(requester::see).toList()));
		}
		if (result instanceof AcquireResult.NotYours) {
			return notYours();
		}
		if (result instanceof AcquireResult.Deadlocked deadlocked) {
			return problem(with("cycle", deadlocked.cycle(), Problem.DEADLOCK
				.because("It would wait for itself: %s.".formatted(deadlocked.cycle().describe()))));
		}
		if (result instanceof AcquireResult.WrongKind wrong) {
			return problem(with("kind", wrong.kind(), Problem.MODE_NOT_AVAILABLE
				.because("The lock is a %s, which does not have the mode asked for.".formatted(wrong.kind()))));
		}
		if (result instanceof AcquireResult.OtherMode other) {
			return problem(with("mode", other.mode(), Problem.LEASE_IN_OTHER_MODE
				.because("The lease stands in the queue with the mode %s.".formatted(other.mode()))));
		}
		if (result instanceof AcquireResult.Revoked revoked) {
			return revoked(revoked.reason());
		}
		if (result instanceof AcquireResult.QueueFull full) {
			return limited(Problem.QUEUE_FULL, "%d places wait for the lock already.", full.limit());
		}
		if (result instanceof AcquireResult.TooManyLocks tooMany) {
			return limited(Problem.TOO_MANY_LOCKS, "There are %d locks already.", tooMany.limit());
		}
		return gone();
	}

	private static ResponseEntity<Object> limited(Problem kind, String fact, int limit) {
		return problem(with("limit", limit, kind.because(fact.formatted(limit))));
	}

	private static ResponseEntity<Object> revoked(String reason) {
		ProblemDetail problem = Problem.LEASE_REVOKED
			.because("An operator has revoked the lease: %s.".formatted(reason));
		problem.setProperty("reason", reason);
		return problem(problem);
	}

	static ResponseEntity<Object> forced(EndResult result) {
		return released((result == EndResult.DONE) ? Released.State.RELEASED : Released.State.GONE);
	}

	static ResponseEntity<Object> revoked(EndResult result) {
		return ResponseEntity.ok(new Revoked((result == EndResult.DONE) ? Revoked.State.REVOKED : Revoked.State.GONE));
	}

	static ResponseEntity<Object> inUse(DeclareResult.InUse inUse) {
		String fact = (inUse.kind() == LockKind.SEMAPHORE) ? "The lock is a SEMAPHORE of %d.".formatted(inUse.permits())
				: "The lock is a %s.".formatted(inUse.kind());
		return problem(with("permits", inUse.permits(), with("kind", inUse.kind(), Problem.LOCK_IN_USE.because(fact))));
	}

	static ResponseEntity<Object> waiting(Lease lease) {
		return ResponseEntity.status(HttpStatus.ACCEPTED).body(lease);
	}

	private static ProblemDetail held(List<Place> holders) {
		return with("holders", holders, Problem.LOCK_HELD
			.because("The lock was not free and the request did not want to wait; it left nothing behind."));
	}

	private static ProblemDetail with(String property, Object value, ProblemDetail problem) {
		problem.setProperty(property, value);
		return problem;
	}

	static ResponseEntity<Object> renewed(RenewResult result) {
		if (result instanceof RenewResult.Revoked revoked) {
			return revoked(revoked.reason());
		}
		if (result instanceof RenewResult.NotYours) {
			return notYours();
		}
		return (result instanceof RenewResult.Renewed renewed) ? ResponseEntity.ok(renewed.lease()) : gone();
	}

	static ResponseEntity<Object> found(FindResult result) {
		if (result instanceof FindResult.NotYours) {
			return notYours();
		}
		return (result instanceof FindResult.Found found) ? ResponseEntity.ok(found.lease()) : gone();
	}

	static ResponseEntity<Object> released(ReleaseResult result) {
		return switch (result) {
			case RELEASED -> released(Released.State.RELEASED);
			case GONE -> released(Released.State.GONE);
			case NOT_YOURS -> notYours();
		};
	}

	private static ResponseEntity<Object> released(Released.State state) {
		return ResponseEntity.ok(new Released(state));
	}

	/**
	 * The answer to a call that waits at a replica that stops, and that found its place.
	 */
	static ResponseEntity<Object> interrupted(FindResult place) {
		return (place instanceof FindResult.Found found && found.lease().state() == LeaseState.WAITING)
				? waiting(found.lease()) : unavailable("This replica stops.", 1);
	}

	static ResponseEntity<Object> unavailable(String fact, long retryAfterSeconds) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfterSeconds))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(Problem.ENSEMBLE_UNREACHABLE.because(fact));
	}

	private static ResponseEntity<Object> notYours() {
		return problem(Problem.NOT_YOUR_LEASE.because("The lease was made by another principal than yours."));
	}

	private static ResponseEntity<Object> gone() {
		return problem(Problem.LEASE_GONE.because("The lease has expired, or was given back or removed."));
	}

	static ResponseEntity<Object> problem(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
