package io.roster.locks.client;

import java.net.http.HttpResponse;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

	static final int CONFLICT = 409;

	static final int GONE = 410;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Reads a response.
	 * @throws JacksonException if the body is not JSON, so that something else than a
	 * lock service has answered
	 */
	static Answer of(HttpResponse<byte[]> response, long sentAt) {
		return new Answer(response.statusCode(), JSON.readTree(response.body()), sentAt);
	}

	static byte[] json(Object value) {
		return JSON.writeValueAsBytes(value);
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
	LockRefusedException refused() {
		return new LockRefusedException(this.status, "the lock service refused with %d %s: %s".formatted(this.status,
				text("title"), text("detail").isEmpty() ? this.body : text("detail")));
	}

}
