package io.roster.registry.config;

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
 * Says what is not done to the configuration.
 */
@RestControllerAdvice(basePackageClasses = ConfigProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConfigProblems {

	@ExceptionHandler
	ResponseEntity<Object> onChanged(ConfigChangedException ex) {
		return answer(Problem.CONFIG_CHANGED.because(String.valueOf(ex.getMessage())));
	}

	@ExceptionHandler
	ResponseEntity<Object> onMissing(NoSuchPropertyException ex) {
		return answer(Problem.NO_SUCH_PROPERTY.because(String.valueOf(ex.getMessage())));
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(HttpStatus.valueOf(problem.getStatus()))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
