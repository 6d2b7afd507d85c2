package io.roster.discovery.spring;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

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

	/** The one timeout of Apache's client that ends before anything is sent. */
	private static final String APACHE_CONNECT_TIMEOUT = "org.apache.hc.client5.http.ConnectTimeoutException";

	/** Reactor Netty's patience, which comes in an IOException from its blocking side. */
	private static final Set<String> NETTY_TIMEOUTS = Set.of("io.netty.handler.timeout.ReadTimeoutException",
			"io.netty.handler.timeout.WriteTimeoutException");

	/** What Reactor Netty throws for a pooled connection that the server has closed. */
	private static final String REACTOR_NETTY_ABORTED = "reactor.netty.channel.AbortedException";

	/**
	 * The caller's patience or life, and an answer that is none. A socket's timeout is an
	 * InterruptedIOException.
	 */
	private static final Set<Class<? extends Throwable>> NOT_THE_CONNECTION = Set.of(HttpTimeoutException.class,
			InterruptedIOException.class, InterruptedException.class, ClosedByInterruptException.class,
			TimeoutException.class, ProtocolException.class);

	static ConnectionFailure of(@Nullable Throwable failure) {
		if (isCausedBy(failure, ConnectionFailure::isBeforeSending)) {
			return NEVER_SENT;
		}
		return (isCausedBy(failure, ConnectionFailure::isOfTheConnection)
				&& !isCausedBy(failure, ConnectionFailure::isOfTheCaller)) ? NO_ANSWER : OTHER;
	}

	private static boolean isOfTheCaller(Throwable cause) {
		return isInstance(cause, NOT_THE_CONNECTION) || NETTY_TIMEOUTS.contains(cause.getClass().getName());
	}

	private static boolean isBeforeSending(Throwable cause) {
		return isInstance(cause, BEFORE_SENDING) || cause.getClass().getName().equals(APACHE_CONNECT_TIMEOUT)
				|| isConnectTimeoutOfASocket(cause);
	}

	/**
	 * Only its text, of {@code sun.nio.ch.NioSocketImpl}, tells it from a slow answer.
	 */
	private static boolean isConnectTimeoutOfASocket(Throwable cause) {
		return cause instanceof SocketTimeoutException && "Connect timed out".equalsIgnoreCase(cause.getMessage());
	}

	private static boolean isOfTheConnection(Throwable cause) {
		return cause instanceof IOException || cause.getClass().getName().equals(REACTOR_NETTY_ABORTED);
	}

	/**
	 * Whether the same request may be sent to another instance.
	 */
	boolean allowsAnother(HttpMethod method) {
		return this == NEVER_SENT || (this == NO_ANSWER && IDEMPOTENT.contains(method));
	}

	private static boolean isCausedBy(@Nullable Throwable failure, Predicate<Throwable> kind) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (kind.test(cause)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isInstance(Throwable cause, Set<Class<? extends Throwable>> types) {
		return types.stream().anyMatch((type) -> type.isInstance(cause));
	}

}
