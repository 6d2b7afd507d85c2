package io.roster.access;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where nobody is asked for credentials, everybody is {@link Caller#ANONYMOUS} and may do
 * everything. Credentials that are sent all the same are not looked at. Everybody on this
 * machine is also its browser, with pages of other sites in it: their requests, which
 * browsers mark as such, change nothing.
 */
final class OpenAccessFilter extends OncePerRequestFilter {

	/**
	 * What a browser says of a page of this service, and of an address that was typed.
	 */
	private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

	private final SecurityContextRepository contexts;

	private final Refusals refusals;

	OpenAccessFilter(SecurityContextRepository contexts, Refusals refusals) {
		this.contexts = contexts;
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null && !OWN_SITES.contains(site) && !AccessRules.isSafe(request)) {
			this.refusals.write(response,
					Refusal.CROSS_SITE.because("A browser sent this request for a page that is not of this service."));
			return;
		}
		SecurityContextImpl context = new SecurityContextImpl(new CallerToken(Caller.anonymous()));
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
		chain.doFilter(request, response);
	}

}
