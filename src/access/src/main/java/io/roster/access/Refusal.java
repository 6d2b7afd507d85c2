package io.roster.access;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Why a request does not reach the API. The name is part of the API:
 * {@code urn:roster:problem:unauthenticated} is the type of {@link #UNAUTHENTICATED}.
 */
enum Refusal {

	UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Credentials are needed",
			"Send an API key or a JSON Web Token in the header Authorization: Bearer <token>."),

	FORBIDDEN(HttpStatus.FORBIDDEN, "The credentials are not enough",
			"Ask an operator for credentials with that role; nothing was changed."),

	CROSS_SITE(HttpStatus.FORBIDDEN, "Another site may not change anything here",
			"Send the request from a program, or configure credentials (roster.access)."),

	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid",
			"Correct it and send it again; nothing was changed."),

	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large",
			"Send less; roster.access.max-body-size is the limit, and nothing was changed."),

	ISSUER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The token cannot be checked now",
			"Send the request again after the time in the header Retry-After.");

	private final HttpStatus status;

	private final String title;

	private final String advice;

	Refusal(HttpStatus status, String title, String advice) {
		this.status = status;
		this.title = title;
		this.advice = advice;
	}

	ProblemDetail because(String fact) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, fact + " " + this.advice);
		problem.setType(URI.create("urn:roster:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
		problem.setTitle(this.title);
		return problem;
	}

}
