package io.roster.registry.tree;

import io.roster.registry.problem.Problem;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Says what is not done to znodes.
 */
@RestControllerAdvice(basePackageClasses = ZnodeProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ZnodeProblems {

	@ExceptionHandler
	ResponseEntity<Object> onProtected(ProtectedZnodeException ex) {
		return answer(Problem.PROTECTED_ZNODE.because(String.valueOf(ex.getMessage())));
	}

	@ExceptionHandler
	ResponseEntity<Object> onTooLarge(ZnodeRequests.TooLargeException ex) {
		return answer(Problem.TOO_LARGE_FOR_ZOOKEEPER.because(String.valueOf(ex.getMessage())));
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(HttpStatus.valueOf(problem.getStatus()))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
