package io.roster.lockservice.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The kinds of errors that the lock service answers with. The name is part of the API:
 * {@code urn:roster:problem:lock-held} is the type of {@link #LOCK_HELD}.
 */
public enum Problem {

	/** A field, a path variable or a parameter is outside of what is allowed. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid",
			"Correct the field and send the request again; nothing was changed."),

	/** The body cannot be read as JSON. */
	MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON",
			"Correct the body and send the request again; nothing was changed."),

	/** No such path. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path",
			"Check the path: /swagger-ui.html describes this API."),

	/** The path exists, with other methods. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not have that method",
			"Use one of the methods in the header Allow."),

	/** The client accepts neither JSON nor whatever else the path has. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is not available in that form",
			"Accept application/json in the header Accept."),

	/** The body is larger than the limit. */
	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large", "Send less metadata; nothing was changed."),

	/** The body is declared as something else than JSON. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON",
			"Send JSON with the header Content-Type: application/json."),

	/** A request that does not wait found somebody else in front of it. */
	LOCK_HELD(HttpStatus.CONFLICT, "The lock is held by somebody else", "Ask again later, or with a wait."),

	/**
	 * A request that would wait for its own owner, over others, and asked to be refused
	 * then.
	 */
	DEADLOCK(HttpStatus.CONFLICT, "Waiting would be a deadlock",
			"Give back what the owner holds and begin anew; the request left nothing behind."),

	/** A mode that the lock's kind does not have. */
	MODE_NOT_AVAILABLE(HttpStatus.CONFLICT, "The lock does not have that mode",
			"A MUTEX has the mode EXCLUSIVE, other kinds have SHARED too; PUT /api/v1/locks/{lock} declares the kind "
					+ "while nobody uses the lock."),

	/** A lease id that was used before, in another mode. */
	LEASE_IN_OTHER_MODE(HttpStatus.CONFLICT, "The lease was asked for in another mode",
			"Make up a new lease for another acquisition."),

	/** A declaration while somebody holds the lock or waits for it. */
	LOCK_IN_USE(HttpStatus.CONFLICT, "The lock is in use",
			"Its kind changes only while nobody holds it or waits for it, and permits become fewer only then: ask again "
					+ "then."),

	/** As many wait for the lock as may. */
	QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS, "Too many wait for the lock",
			"Ask again later; roster.locks.max-waiters is the limit, and nothing was changed."),

	/** There are as many locks as there may be. */
	TOO_MANY_LOCKS(HttpStatus.TOO_MANY_REQUESTS, "There are too many locks",
			"Use fewer names of locks, or raise roster.locks.max-locks; nothing was changed."),

	/** As many calls of the principal wait at this replica as may. */
	TOO_MANY_WAITS(HttpStatus.TOO_MANY_REQUESTS, "Too many of your calls wait",
			"Wait with fewer calls at once, or raise roster.locks.max-waits-per-principal; nothing was changed."),

	/** The lease belongs to another principal. */
	NOT_YOUR_LEASE(HttpStatus.FORBIDDEN, "The lease is another principal's",
			"Use it with the credentials that made it, or make up a new lease; an operator may revoke or remove it. "
					+ "Nothing was changed."),

	/** The lease has expired, or was given back or removed. */
	LEASE_GONE(HttpStatus.GONE, "The lease is gone",
			"Whatever the lock protects may be in other hands: stop, and acquire it anew with a new lease."),

	/** An operator has revoked the lease. */
	LEASE_REVOKED(HttpStatus.GONE, "The lease was revoked",
			"Stop what the lock protects; give the lease back when that is done, and acquire it anew with a new lease."),

	/** This replica is not connected to a quorum of the ensemble. */
	ENSEMBLE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The ensemble cannot be reached",
			"Repeat the same call after the time in the header Retry-After, here or at another replica."),

	/** A stream ends because its reader does not keep up. */
	READER_TOO_SLOW(HttpStatus.SERVICE_UNAVAILABLE, "The reader of this stream is too slow",
			"Connect again: the stream begins with a snapshot."),

	/** An error of the lock service itself. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in the lock service",
			"The log of the lock service has the cause. Every call of this API may be repeated."),

	/** Any other refusal, by its status alone. */
	REFUSED(HttpStatus.BAD_REQUEST, "The request was refused",
			"Correct the request and send it again; nothing was changed.");

	private final HttpStatus status;

	private final String title;

	private final String advice;

	Problem(HttpStatus status, String title, String advice) {
		this.status = status;
		this.title = title;
		this.advice = advice;
	}

	/**
	 * The HTTP status of the answer.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Names this kind of error.
	 * @return a URN
	 */
	public URI type() {
		return URI.create("urn:roster:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	/**
	 * The same with what is wrong this time before the standing advice.
	 * @param fact what is wrong
	 * @return the body of the answer
	 */
	public ProblemDetail because(String fact) {
		return detail(fact + (fact.endsWith(".") ? " " : ". ") + this.advice);
	}

	/**
	 * The kind that stands for a status that something else than the API has chosen.
	 * @param status an HTTP status
	 * @return the body of an answer with exactly that status
	 */
	static ProblemDetail ofStatus(int status) {
		Problem kind = Arrays.stream(values())
			// What else is forbidden has nothing to do with a lease.
			.filter((candidate) -> candidate.status.value() == status && candidate != NOT_YOUR_LEASE)
			.findFirst()
			.orElse((status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) ? INTERNAL_ERROR : REFUSED);
		ProblemDetail problem = kind.detail(kind.advice);
		problem.setStatus(status);
		return problem;
	}

	private ProblemDetail detail(String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, detail);
		problem.setType(type());
		problem.setTitle(this.title);
		return problem;
	}

}
