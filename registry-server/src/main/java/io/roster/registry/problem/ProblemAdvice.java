package io.roster.registry.problem;

import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns every exception that reaches Spring MVC into a problem.
 */
@Slf4j
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ResponseEntity<Object> onInvalidRequest(InvalidRequestException ex) {
		ProblemDetail problem = Problem.INVALID_REQUEST.because(String.valueOf(ex.getMessage()));
		problem.setProperty("field", ex.field());
		return answer(problem, HttpHeaders.EMPTY);
	}

	@ExceptionHandler
	ResponseEntity<Object> onNotReadYet(NotReadYetException ex) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, "1");
		String refusal = ex.getMessage();
		return answer((refusal != null) ? Problem.NOT_READ_YET.because(refusal + ".") : Problem.NOT_READ_YET.detail(),
				headers);
	}

	@ExceptionHandler
	ResponseEntity<Object> onAnythingElse(Exception ex) {
		log.error("a request failed", ex);
		return answer(Problem.INTERNAL_ERROR.detail(), HttpHeaders.EMPTY);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(UnreadableBody.explain(ex.getCause()), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
			MissingServletRequestParameterException ex, HttpHeaders headers, HttpStatusCode status,
			WebRequest request) {
		return onInvalidRequest(
				new InvalidRequestException(ex.getParameterName(), ex.getParameterName() + " is missing."));
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String name = String.valueOf(ex.getPropertyName());
		return onInvalidRequest(new InvalidRequestException(name, "%s has the wrong type: '%s' is no %s."
			.formatted(name, ex.getValue(), (ex.getRequiredType() == boolean.class) ? "true or false" : "number")));
	}

	/**
	 * Whatever Spring MVC refuses comes by here, with a title and a detail that speak of
	 * Spring MVC.
	 */
	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		return answer(Problem.ofStatus(status.value()), headers);
	}

	private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
		return ResponseEntity.status(HttpStatus.valueOf(problem.getStatus()))
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
