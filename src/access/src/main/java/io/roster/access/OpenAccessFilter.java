package io.roster.access;

import java.io.IOException;

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
 * everything. Credentials that are sent all the same are not looked at.
 */
final class OpenAccessFilter extends OncePerRequestFilter {

	private final SecurityContextRepository contexts;

	OpenAccessFilter(SecurityContextRepository contexts) {
		this.contexts = contexts;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SecurityContextImpl context = new SecurityContextImpl(new CallerToken(Caller.anonymous()));
		SecurityContextHolder.setContext(context);
		this.contexts.saveContext(context, request, response);
		chain.doFilter(request, response);
	}

}
