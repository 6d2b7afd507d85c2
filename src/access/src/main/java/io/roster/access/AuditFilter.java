package io.roster.access;

import java.io.IOException;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sees every request that is not safe, before anybody refuses it, and writes it to the
 * {@link AuditLog} when it is answered.
 */
final class AuditFilter extends OncePerRequestFilter {

	private final SecurityContextRepository callers;

	private final AccessRules rules;

	AuditFilter(SecurityContextRepository callers, AccessRules rules) {
		this.callers = callers;
		this.rules = rules;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return AccessRules.isSafe(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		AuditLog.Call call = AuditLog.Call.of(request, this.rules.isRenewal(request));
		boolean returned = false;
		try {
			chain.doFilter(request, response);
			returned = true;
		}
		finally {
			if (!returned) {
				AuditLog.write(call, caller(request), HttpStatus.INTERNAL_SERVER_ERROR.value());
			}
			else if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new Answer(call, caller(request), response));
			}
			else {
				AuditLog.write(call, caller(request), response.getStatus());
			}
		}
	}

	private @Nullable Caller caller(HttpServletRequest request) {
		return (this.callers.loadDeferredContext(request).get().getAuthentication() instanceof CallerToken token)
				? token.getPrincipal() : null;
	}

	/** An answer that comes later. */
	private static final class Answer implements AsyncListener {

		private final AuditLog.Call call;

		private final @Nullable Caller caller;

		private final HttpServletResponse response;

		Answer(AuditLog.Call call, @Nullable Caller caller, HttpServletResponse response) {
			this.call = call;
			this.caller = caller;
			this.response = response;
		}

		@Override
		public void onComplete(AsyncEvent event) {
			AuditLog.write(this.call, this.caller, this.response.getStatus());
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

		// Spring MVC answers both, and the end follows.
		@Override
		public void onTimeout(AsyncEvent event) {
		}

		@Override
		public void onError(AsyncEvent event) {
		}

	}

}
