package io.roster.demo.bikesvc;

import java.net.URI;
import java.util.Locale;

import io.roster.fencing.StaleTokenException;
import io.roster.locks.client.LockException;
import io.roster.locks.client.LockTimeoutException;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what goes wrong into problems (RFC 9457). */
@Slf4j
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ResponseEntity<Object> onInvalidRequest(InvalidRequestException ex) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-request", "The request is not valid",
				ex.getMessage());
		problem.setProperty("field", ex.field());
		return answer(problem);
	}

	@ExceptionHandler
	ResponseEntity<Object> onUnknownBike(UnknownBikeException ex) {
		return answer(problem(HttpStatus.NOT_FOUND, "unknown-bike", "There is no such bike", ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<Object> onBikeTaken(BikeTakenException ex) {
		return answer(problem(HttpStatus.CONFLICT, "bike-taken", "Somebody rides this bike", ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<Object> onStaleToken(StaleTokenException ex) {
		log.warn("A write under a lock that was lost has been refused: {}", ex.getMessage());
		ProblemDetail problem = problem(HttpStatus.CONFLICT, "stale-fencing-token", "stale fencing token",
				"The lock was lost before the bike was rented, and somebody else has rented it since: "
						+ ex.getMessage() + ". Nothing was written; start again.");
		problem.setProperty("fencingToken", Long.toString(ex.token()));
		problem.setProperty("lastToken", Long.toString(ex.lastToken()));
		return answer(problem);
	}

	@ExceptionHandler({ DataAccessException.class, TransactionException.class })
	ResponseEntity<Object> onDatabase(RuntimeException ex) {
		log.warn("The database failed", ex);
		return later(problem(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", "The database gave no answer",
				"Whether anything was written is unknown: GET /bikes shows it. Try again."));
	}

	@ExceptionHandler
	ResponseEntity<Object> onLockTimeout(LockTimeoutException ex) {
		return later(problem(HttpStatus.SERVICE_UNAVAILABLE, "lock-busy", "Others are renting this bike",
				ex.getMessage() + ". Try again, or wait longer: \"wait\" takes up to 30 s."));
	}

	@ExceptionHandler
	ResponseEntity<Object> onLockExpired(LockExpiredException ex) {
		return later(problem(HttpStatus.SERVICE_UNAVAILABLE, "lock-expired", "The lock did not last", ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<Object> onLockUnavailable(LockException ex) {
		log.warn("A bike could not be rented: {}", ex.getMessage());
		return later(problem(HttpStatus.SERVICE_UNAVAILABLE, "lock-unavailable", "The lock service gave no lock",
				ex.getMessage() + ". Nothing was rented; try again."));
	}

	/** What Spring MVC itself refuses has a title and a detail, and gets a type. */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		if (body instanceof ProblemDetail problem && problem.getType() == null) {
			problem.setType(type(HttpStatus.valueOf(status.value()).name().toLowerCase(Locale.ROOT).replace('_', '-')));
		}
		return ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(body);
	}

	private static ProblemDetail problem(HttpStatus status, String name, String title, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatus(status);
		problem.setType(type(name));
		problem.setTitle(title);
		problem.setDetail(detail);
		return problem;
	}

	private static URI type(String name) {
		return URI.create("urn:roster:problem:" + name);
	}

	private static ResponseEntity<Object> later(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus())
			.header(HttpHeaders.RETRY_AFTER, "1")
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
