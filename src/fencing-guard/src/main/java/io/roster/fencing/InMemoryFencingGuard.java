package io.roster.fencing;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The guard of a resource that stands in this process's memory, for tests. Writes to one
 * resource run one after another. Safe for use by many threads.
 */
public final class InMemoryFencingGuard {

	private final Map<String, Resource> resources = new ConcurrentHashMap<>();

	/**
	 * Runs a write unless its token is stale. Blocks while another write to the same
	 * resource runs.
	 * @param resource what is written
	 * @param token the writer's token; one that is equal to the last one passes
	 * @param write the write; where it throws, the token counts as not seen
	 * @param <T> what the write gives
	 * @return what the write gave
	 * @throws StaleTokenException if the resource has seen a greater token
	 */
	public <T extends @Nullable Object> T write(String resource, long token, Supplier<T> write) {
		FencingTokens.check(token);
		return this.resources.computeIfAbsent(resource, Resource::new).write(token, write);
	}

	/**
	 * The greatest token that a resource has seen.
	 * @param resource what is written
	 * @return the token, or nothing if it was never written
	 */
	public OptionalLong lastToken(String resource) {
		Resource known = this.resources.get(resource);
		return (known != null) ? known.lastToken() : OptionalLong.empty();
	}

	private static final class Resource {

		private final String name;

		private long lastToken = -1;

		Resource(String name) {
			this.name = name;
		}

		synchronized <T extends @Nullable Object> T write(long token, Supplier<T> write) {
			if (token < this.lastToken) {
				throw new StaleTokenException(this.name, token, this.lastToken);
			}
			T written = write.get();
			this.lastToken = token;
			return written;
		}

		synchronized OptionalLong lastToken() {
			return (this.lastToken < 0) ? OptionalLong.empty() : OptionalLong.of(this.lastToken);
		}

	}

}
