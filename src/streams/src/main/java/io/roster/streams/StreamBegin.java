package io.roster.streams;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a stream begin to write when the request that opened it has gone back through all
 * other filters. Spring Security's set headers on that way, and Tomcat's headers are not
 * for two threads: of a thousand streams that open at once a few broke.
 */
final class StreamBegin extends OncePerRequestFilter {

	private static final String STREAM = StreamBegin.class.getName();

	/** Remembers the stream that a request opens. */
	static void remember(ServletRequest request, EventStream stream) {
		request.setAttribute(STREAM, stream);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		finally {
			if (request.getAttribute(STREAM) instanceof EventStream stream) {
				stream.begin();
			}
		}
	}

}
