package io.roster.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which calls need which role. The first rule that matches a request counts. Where none
 * does, a {@linkplain HttpMethod safe method} needs a {@link Role#VIEWER}, and every
 * other one an {@link Role#OPERATOR}: what nobody has thought of is closed to nearly
 * everybody. Immutable.
 */
public final class AccessRules {

	/** RFC 9110, section 9.2.1. */
	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final List<Rule> rules;

	private final List<RequestMatcher> renewals;

	private AccessRules(List<Rule> rules, List<RequestMatcher> renewals) {
		this.rules = rules;
		this.renewals = renewals;
	}

	/**
	 * The rules before an application adds its own.
	 * @return rules with which looking needs a viewer and changing an operator
	 */
	public static AccessRules lookOrOperate() {
		return new AccessRules(List.of(), List.of());
	}

	/**
	 * Adds a rule behind the others.
	 * @param role the least role that is needed
	 * @param method the method of the call
	 * @param path the path of the call, a pattern of Spring MVC's
	 * @return rules with this one at their end
	 */
	public AccessRules require(Role role, HttpMethod method, String path) {
		return require(role, method, path, (request) -> true);
	}

	/**
	 * Adds a rule for some requests of a call behind the others.
	 * @param role the least role that is needed
	 * @param method the method of the call
	 * @param path the path of the call, a pattern of Spring MVC's
	 * @param condition which requests; a body must not be read for it
	 * @return rules with this one at their end
	 */
	public AccessRules require(Role role, HttpMethod method, String path, Predicate<HttpServletRequest> condition) {
		return with(new Rule(Optional.of(role), method(method, path), condition));
	}

	/**
	 * Opens paths to everybody who looks, with credentials or not: pages that have
	 * nothing in them but programs.
	 * @param paths patterns of Spring MVC's
	 * @return rules with these at their end
	 */
	public AccessRules open(String... paths) {
		AccessRules all = this;
		for (String path : paths) {
			all = all.with(new Rule(Optional.empty(), method(HttpMethod.GET, path), (request) -> true))
				.with(new Rule(Optional.empty(), method(HttpMethod.HEAD, path), (request) -> true));
		}
		return all;
	}

	AccessRules open(RequestMatcher matcher) {
		return with(new Rule(Optional.empty(), matcher, (request) -> true));
	}

	private static RequestMatcher method(HttpMethod method, String path) {
		return PathPatternRequestMatcher.withDefaults().matcher(method, path);
	}

	/**
	 * Says that a call keeps alive what there is and is repeated all the time, so that
	 * the audit log can leave it out: where it is done, its logger is
	 * {@code io.roster.audit.renewals}.
	 * @param method the method of the call
	 * @param path the path of the call, a pattern of Spring MVC's
	 * @return rules that know this call
	 */
	public AccessRules renewal(HttpMethod method, String path) {
		return new AccessRules(this.rules, append(this.renewals, method(method, path)));
	}

	private AccessRules with(Rule rule) {
		return new AccessRules(append(this.rules, rule), this.renewals);
	}

	private static <T> List<T> append(List<T> list, T last) {
		return Stream.concat(list.stream(), Stream.of(last)).toList();
	}

	/**
	 * The least role that a request needs.
	 * @param request the request
	 * @return the role; empty if everybody may
	 */
	Optional<Role> required(HttpServletRequest request) {
		return this.rules.stream()
			.filter((rule) -> rule.matches(request))
			.findFirst()
			.map(Rule::role)
			.orElseGet(() -> Optional.of(isSafe(request) ? Role.VIEWER : Role.OPERATOR));
	}

	boolean isRenewal(HttpServletRequest request) {
		return this.renewals.stream().anyMatch((renewal) -> renewal.matches(request));
	}

	static boolean isSafe(HttpServletRequest request) {
		return SAFE.contains(request.getMethod());
	}

	private record Rule(Optional<Role> role, RequestMatcher matcher, Predicate<HttpServletRequest> condition) {

		boolean matches(HttpServletRequest request) {
			return this.matcher.matches(request) && this.condition.test(request);
		}

	}

}
