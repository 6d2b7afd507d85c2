package io.roster.lockservice.api;

import io.roster.lockservice.problem.InvalidRequestException;
import io.roster.locks.InvalidLockRequestException;
import io.roster.locks.LocksUnavailableException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What the queues refuse.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class LockProblems {

	@ExceptionHandler
	ResponseEntity<Object> onInvalid(InvalidLockRequestException ex) {
		return Answers.problem(new InvalidRequestException(ex.field(), String.valueOf(ex.getMessage())).problem());
	}

	@ExceptionHandler
	ResponseEntity<Object> onTooManyWaits(PrincipalWaits.TooManyWaitsException ex) {
		return Answers.problem(ex.problem());
	}

	@ExceptionHandler
	ResponseEntity<Object> onUnavailable(LocksUnavailableException ex) {
		return Answers.unavailable(String.valueOf(ex.getMessage()), Math.max(1, ex.retryAfter().toSeconds()));
	}

}
