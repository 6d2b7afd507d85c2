package io.roster.discovery.spring;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * How a request failed, as far as the connection is concerned.
 */
enum ConnectionFailure {

	/** No connection came about: the request was never sent. */
	NEVER_SENT,

	/**
	 * The connection ended without an answer: the request may have been carried out.
	 */
	NO_ANSWER,

	/** Something else, a timeout for example, that says nothing about the instance. */
	OTHER;

	/** RFC 9110, section 9.2.2. */
	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

	private static final Set<Class<? extends Throwable>> BEFORE_SENDING = Set.of(ConnectException.class,
			HttpConnectTimeoutException.class, NoRouteToHostException.class, UnknownHostException.class,
			UnresolvedAddressException.class);

	/** The caller's patience or life. A socket's timeout is an InterruptedIOException. */
	private static final Set<Class<? extends Throwable>> GIVEN_UP = Set.of(HttpTimeoutException.class,
			InterruptedIOException.class, InterruptedException.class, ClosedByInterruptException.class);

	static ConnectionFailure of(@Nullable Throwable failure) {
		if (isCausedBy(failure, BEFORE_SENDING)) {
			return NEVER_SENT;
		}
		return (isCausedBy(failure, Set.of(IOException.class)) && !isCausedBy(failure, GIVEN_UP)) ? NO_ANSWER : OTHER;
	}

	/**
	 * Whether the same request may be sent to another instance.
	 */
	boolean allowsAnother(HttpMethod method) {
		return this == NEVER_SENT || (this == NO_ANSWER && IDEMPOTENT.contains(method));
	}

	private static boolean isCausedBy(@Nullable Throwable failure, Set<Class<? extends Throwable>> types) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isInstance(cause, types)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isInstance(Throwable cause, Set<Class<? extends Throwable>> types) {
		return types.stream().anyMatch((type) -> type.isInstance(cause));
	}

}
