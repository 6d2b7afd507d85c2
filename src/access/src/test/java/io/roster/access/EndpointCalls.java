package io.roster.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls each endpoint of a service with all kinds of credentials. Whoever adds an
 * endpoint says who may call it, or a test fails.
 */
public final class EndpointCalls {

	/** What is open to everybody. */
	public static final String OPEN = "open";

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ApplicationContext context;

	private final String url;

	private final TokenIssuer issuer;

	/**
	 * Calls a running service.
	 * @param context the service, which listens on this machine
	 * @param issuer whom it trusts
	 */
	public EndpointCalls(ApplicationContext context, TokenIssuer issuer) {
		this.context = context;
		this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
		this.issuer = issuer;
	}

	/**
	 * All endpoints of the service, each as {@code GET /path/{variable}}.
	 */
	public Set<String> endpoints() {
		Set<String> endpoints = new TreeSet<>();
		this.context.getBeansOfType(RequestMappingInfoHandlerMapping.class)
			.values()
			.forEach((mapping) -> mapping.getHandlerMethods().keySet().forEach((info) -> add(endpoints, info)));
		return endpoints;
	}

	private static void add(Set<String> endpoints, RequestMappingInfo info) {
		Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
		for (String path : info.getPatternValues()) {
			(methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
				.forEach((method) -> endpoints.add(method + " " + path));
		}
	}

	/**
	 * Checks that everybody without the credentials that each endpoint needs is refused,
	 * and that nobody else is.
	 * @param roles what each endpoint needs, the name of a role or {@link #OPEN}
	 */
	public void verify(Map<String, String> roles) throws IOException, InterruptedException {
		assertThat(endpoints()).containsExactlyInAnyOrderElementsOf(roles.keySet());
		for (Map.Entry<String, String> endpoint : roles.entrySet()) {
			verifyStrangers(endpoint.getKey(), endpoint.getValue().equals(OPEN));
			if (!endpoint.getValue().equals(OPEN)) {
				verifyRoles(endpoint.getKey(), Role.find(endpoint.getValue()).orElseThrow());
			}
		}
	}

	private void verifyStrangers(String endpoint, boolean open) throws IOException, InterruptedException {
		Answer none = call(endpoint, null);
		if (open) {
			assertThat(none.status).as(endpoint).isNotIn(401, 403);
		}
		else {
			assertRefused(endpoint, none, 401, "unauthenticated");
			assertThat(none.challenge).isEqualTo("Bearer");
		}
		String[] wrong = { TestKey.make("nobody", "operator").value(), this.issuer.expired("late", "operator"),
				"not-a-token" };
		for (String token : wrong) {
			Answer answer = call(endpoint, token);
			assertRefused(endpoint, answer, 401, "unauthenticated");
			assertThat(answer.challenge).startsWith("Bearer error=\"invalid_token\"");
			assertThat(answer.text).doesNotContain(token);
		}
	}

	private void verifyRoles(String endpoint, Role needed) throws IOException, InterruptedException {
		assertRefused(endpoint, call(endpoint, this.issuer.token("roleless")), 403, "forbidden");
		for (Role role : Role.values()) {
			Answer answer = call(endpoint, this.issuer.token("a-" + role.text(), role.text()));
			if (role.includes(needed)) {
				assertThat(answer.status).as("%s as %s: %s", endpoint, role, answer.text).isNotIn(401, 403);
			}
			else {
				assertRefused(endpoint, answer, 403, "forbidden");
				assertThat(answer.text).contains(needed.text()).contains(role.text());
			}
		}
	}

	private static void assertRefused(String endpoint, Answer answer, int status, String type) {
		assertThat(answer.status).as("%s: %s", endpoint, answer.text).isEqualTo(status);
		assertThat(answer.type).as(endpoint).isEqualTo("application/problem+json");
		assertThat(answer.text).contains("\"urn:roster:problem:" + type + "\"");
	}

	/**
	 * Makes one call, with an empty object as its body where it may have one.
	 */
	private Answer call(String endpoint, @Nullable String token) throws IOException, InterruptedException {
		String method = endpoint.substring(0, endpoint.indexOf(' '));
		String path = endpoint.substring(endpoint.indexOf(' ') + 1)
			.replace("{lease}", UUID.randomUUID().toString())
			.replaceAll("/\\*\\*$", "/x")
			.replaceAll("\\{[^}]*}", "x");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(Duration.ofSeconds(30))
			.method(method, method.matches("PUT|POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody())
			.header("Content-Type", "application/json");
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		HttpResponse<InputStream> response = this.http.send(request.build(), BodyHandlers.ofInputStream());
		try (InputStream body = response.body()) {
			// A stream that was opened has no end.
			String text = (response.statusCode() >= 400) ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
			return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
					response.headers().firstValue("WWW-Authenticate").orElse(""), text);
		}
	}

	private record Answer(int status, String type, String challenge, String text) {
	}

}
