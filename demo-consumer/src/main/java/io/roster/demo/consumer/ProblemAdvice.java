package io.roster.demo.consumer;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what goes wrong into problems (RFC 9457). */
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
	ResponseEntity<Object> onNoRide(NoRideException ex) {
		return answer(problem(HttpStatus.SERVICE_UNAVAILABLE, "no-ride", "Nobody has a bike for you",
				ex.getMessage() + ". GET /servers shows the instances that are known; try again."));
	}

	@ExceptionHandler
	ResponseEntity<Object> onTooManyPages(TooManyPagesException ex) {
		return answer(
				problem(HttpStatus.SERVICE_UNAVAILABLE, "too-many-pages", "Too many pages are open", ex.getMessage()));
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

	private static ResponseEntity<Object> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
