package io.roster.locks.client;

import java.net.http.HttpResponse;

import io.roster.locks.Lease;
import io.roster.locks.LeaseState;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What a replica answered.
 *
 * @param status the HTTP status
 * @param body the body; a missing node where there was none
 * @param sentAt the ticker when the answered request was sent, from which every deadline
 * counts
 */
record Answer(int status, JsonNode body, long sentAt) {

	static final int OK = 200;

	static final int WAITING = 202;

	static final int UNAUTHORIZED = 401;

	static final int FORBIDDEN = 403;

	static final int CONFLICT = 409;

	static final int GONE = 410;

	static final String LOCK_HELD = "lock-held";

	static final String REVOKED = "lease-revoked";

	private static final String DEADLOCK = "deadlock";

	// A service that is newer or older than this client may say more, or less.
	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	/**
	 * Reads a response. Who asks for credentials is believed also without JSON: it may be
	 * what stands in front of the service.
	 * @throws JacksonException if the body is not JSON, so that something else than a
	 * lock service has answered
	 */
	static Answer of(HttpResponse<byte[]> response, long sentAt) {
		int status = response.statusCode();
		try {
			return new Answer(status, JSON.readTree(response.body()), sentAt);
		}
		catch (JacksonException ex) {
			if (isDenied(status)) {
				return new Answer(status, MissingNode.getInstance(), sentAt);
			}
			throw ex;
		}
	}

	private static boolean isDenied(int status) {
		return status == UNAUTHORIZED || status == FORBIDDEN;
	}

	static byte[] json(Object value) {
		return JSON.writeValueAsBytes(value);
	}

	/**
	 * The token of an answer 200 to an acquire.
	 * @throws LockUnavailableException if the answer is none of a lock service
	 */
	long fencingToken() {
		try {
			Lease lease = JSON.treeToValue(this.body, Lease.class);
			if (lease != null && lease.state() == LeaseState.HELD && lease.fencingToken() != null) {
				return Long.parseLong(lease.fencingToken());
			}
		}
		catch (JacksonException | NumberFormatException ex) {
			throw new LockUnavailableException("the answer is none of a lock service: " + this.body, ex);
		}
		throw new LockUnavailableException("the answer is none of a lock service: " + this.body, null);
	}

	/**
	 * Whether the replica can vouch for the lease that it called held.
	 */
	boolean vouched() {
		return this.body.path("expiresInMs").asLong(0) > 0;
	}

	/**
	 * Why, in words for people: an operator's reason where one was given.
	 */
	String explanation() {
		return text("reason").isEmpty() ? text("detail") : text("reason");
	}

	String text(String field) {
		return this.body.path(field).asString("");
	}

	boolean problem(String name) {
		return text("type").endsWith(":" + name);
	}

	/**
	 * The error that a refusal means to the caller.
	 */
	LockException refused() {
		String message = "the lock service refused with %d %s: %s".formatted(this.status, text("title"),
				text("detail").isEmpty() ? this.body : text("detail"));
		if (problem(DEADLOCK)) {
			return new DeadlockException(message);
		}
		return isDenied(this.status) ? new LockAccessDeniedException(this.status, message)
				: new LockRefusedException(this.status, message);
	}

}
