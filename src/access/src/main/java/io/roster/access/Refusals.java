package io.roster.access;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers with a problem what does not reach the API. The headers are those of RFC 6750.
 */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

	private static final Logger log = LoggerFactory.getLogger(Refusals.class);

	private final JsonMapper json;

	Refusals(JsonMapper json) {
		this.json = json;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
			throws IOException {
		if (cause instanceof IssuerUnreachableException) {
			response.setHeader(HttpHeaders.RETRY_AFTER, "5");
			write(response, Refusal.ISSUER_UNREACHABLE.because("The issuer of tokens does not answer."));
			return;
		}
		boolean wrong = cause instanceof OAuth2AuthenticationException;
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, wrong ? "Bearer error=\"invalid_token\"" : "Bearer");
		write(response, Refusal.UNAUTHENTICATED.because(fact(cause, wrong)));
	}

	private static String fact(AuthenticationException cause, boolean wrong) {
		if (cause instanceof InvalidBearerTokenException) {
			return cause.getMessage() + ".";
		}
		return wrong ? "The header Authorization cannot be read." : "The request came without credentials.";
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
		write(response, Refusal.FORBIDDEN.because(fact(request, cause)));
	}

	private static String fact(HttpServletRequest request, AccessDeniedException cause) {
		String needed = (cause instanceof AuthorizationDeniedException denied
				&& denied.getAuthorizationResult() instanceof RoleDecision decision)
						? "needs the role " + decision.required().text() : "is not allowed";
		return "This call %s; %s.".formatted(needed, Caller.of(request).map(Refusals::has).orElse("there is none"));
	}

	private static String has(Caller caller) {
		return (caller.role() != null) ? "'%s' has the role %s".formatted(caller.name(), caller.role().text())
				: "the token of '%s' names no role".formatted(caller.name());
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException cause)
			throws IOException {
		log.debug("a request was rejected", cause);
		ProblemDetail problem = Refusal.INVALID_REQUEST
			.because("Its path, its method or a header has something in it that no call of this API has.");
		problem.setProperty("field", "path");
		write(response, problem);
	}

	void write(HttpServletResponse response, ProblemDetail problem) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		response.setStatus(problem.getStatus());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

}
