package io.roster.acceptance.console;

import java.net.URI;
import java.util.UUID;

import io.roster.acceptance.Http;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that use the demo's locks while somebody looks at them.
 */
final class DemoLocks {

	private final URI service;

	DemoLocks(URI service) {
		this.service = service;
	}

	/**
	 * Takes a lock, or a place in its queue, for longer than any test lasts.
	 * @return the lease
	 */
	URI queue(String lock, String owner) {
		URI lease = this.service.resolve("/api/v1/locks/" + lock + "/leases/" + UUID.randomUUID());
		Http.Answer answer = Http.put(lease, "{\"owner\":\"" + owner + "\",\"ttl\":\"1h\",\"wait\":\"50ms\"}");
		assertThat(answer.status()).as(answer.body()).isIn(200, 202);
		return lease;
	}

	/** Gives a lock back, or a place up. */
	void release(URI lease) {
		assertThat(Http.delete(lease).json().path("state").asString()).isEqualTo("RELEASED");
	}

	/** What the audit trail says of a lock. */
	String trail(String lock) {
		return Http.get(this.service.resolve("/api/v1/audit?lock=" + lock)).body();
	}

	/** What became of a lease. */
	Http.Answer find(URI lease) {
		return Http.get(lease);
	}

}
