package io.roster.registry.problem;

import java.util.concurrent.TimeoutException;

import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Says what the ensemble refuses, and that it cannot be reached.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class EnsembleProblems {

	@ExceptionHandler
	ResponseEntity<Object> onRefusal(KeeperException ex, HttpMethod method) {
		String path = ex.getPath();
		return switch (ex.code()) {
			case NONODE -> answer(Problem.NO_SUCH_ZNODE.because(quoted(path, "is not there, or has no parent.")));
			case NODEEXISTS -> answer(Problem.ZNODE_EXISTS.because(quoted(path, "is there already.")));
			case NOTEMPTY -> answer(Problem.ZNODE_HAS_CHILDREN.because(quoted(path, "has children.")));
			case BADVERSION -> answer(Problem.STALE_VERSION.because(quoted(path, "has another version by now.")));
			case NOCHILDRENFOREPHEMERALS ->
				answer(Problem.EPHEMERAL_PARENT.because(quoted(path, "would stand below an ephemeral znode.")));
			case NOAUTH ->
				answer(Problem.NOT_PERMITTED.because(quoted(path, "has an ACL that keeps this server out.")));
			case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
				unreachable("The connection was lost", method);
			default -> answer(Problem.INTERNAL_ERROR.because("The ensemble answered " + ex.code() + "."));
		};
	}

	@ExceptionHandler
	ResponseEntity<Object> onTimeout(TimeoutException ex, HttpMethod method) {
		return unreachable("There was no answer in time", method);
	}

	private static String quoted(@Nullable String path, String fact) {
		return "'" + path + "' " + fact;
	}

	private static ResponseEntity<Object> unreachable(String fact, HttpMethod method) {
		boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
		ProblemDetail problem = Problem.ENSEMBLE_UNREACHABLE
			.because(fact + (reads ? "; nothing was read." : "; whether the change was made is not known."));
		return ResponseEntity.status(problem.getStatus())
			.header(HttpHeaders.RETRY_AFTER, "1")
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(HttpStatus.valueOf(problem.getStatus()))
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
