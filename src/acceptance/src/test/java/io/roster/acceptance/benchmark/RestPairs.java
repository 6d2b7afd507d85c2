package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients of a lock service, each with a connection of its own. They check that the
 * fencing tokens of an exclusive lock grow from each grant to the next, so that nobody
 * holds beside another and nobody overtakes.
 */
final class RestPairs {

	private static final String TOKEN = "\"fencingToken\":\"";

	private static final String ACQUIRE = "{\"owner\":\"benchmark\",\"ttl\":\"30s\",\"wait\":\"60s\"}";

	private final URI service;

	private final Map<String, AtomicLong> tokens = new ConcurrentHashMap<>();

	RestPairs(URI service) {
		this.service = service;
	}

	LockLoad.Pair pair(String lock) throws IOException {
		HttpConnection connection = new HttpConnection(this.service);
		String leases = "/api/v1/locks/" + lock + "/leases/";
		boolean exclusive = !lock.startsWith("semaphore");
		AtomicLong last = this.tokens.computeIfAbsent(lock, (name) -> new AtomicLong());
		return new LockLoad.Pair() {

			@Override
			public void acquireAndRelease() throws IOException {
				String lease = leases + UUID.randomUUID();
				long token = token(expectOk(connection.send("PUT", lease, ACQUIRE)));
				if (exclusive && last.getAndSet(token) >= token) {
					throw new IllegalStateException("token " + token + " of " + lock + " came after a greater one");
				}
				expectOk(connection.send("DELETE", lease, ""));
			}

			@Override
			public void close() throws IOException {
				connection.close();
			}

		};
	}

	private static long token(String body) {
		int start = body.indexOf(TOKEN) + TOKEN.length();
		return Long.parseLong(body.substring(start, body.indexOf('"', start)));
	}

	private static String expectOk(HttpConnection.Answer answer) {
		if (answer.status() != 200) {
			throw new IllegalStateException(answer.toString());
		}
		return answer.body();
	}

}
