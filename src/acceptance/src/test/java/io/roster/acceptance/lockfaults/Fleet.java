package io.roster.acceptance.lockfaults;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.roster.locks.LockKind;

/**
 * The locks of a run, whose names tell what they are: bikes, which are mutexes that
 * nobody declares, pages, which are read and written, and pools, of which several may
 * have a part.
 */
final class Fleet {

	static final int PERMITS = 3;

	/** Those that may be wanted together. */
	static final List<String> BIKES = named("bike-", 5);

	static final List<String> PAGES = named("page-", 2);

	static final List<String> POOLS = named("pool-", 1);

	private Fleet() {
	}

	private static List<String> named(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((i) -> prefix + i).toList();
	}

	static Stream<String> all() {
		return Stream.of(BIKES, PAGES, POOLS).flatMap(List::stream);
	}

	static LockKind kind(String lock) {
		if (lock.startsWith("page")) {
			return LockKind.READ_WRITE;
		}
		return lock.startsWith("pool") ? LockKind.SEMAPHORE : LockKind.MUTEX;
	}

	/** How many may hold it at once, other than by sharing it. */
	static int permits(String lock) {
		return (kind(lock) == LockKind.SEMAPHORE) ? PERMITS : 1;
	}

	/** The body of its declaration. */
	static String declaration(String lock) {
		return (kind(lock) == LockKind.SEMAPHORE) ? "{\"kind\":\"SEMAPHORE\",\"permits\":%d}".formatted(PERMITS)
				: "{\"kind\":\"%s\"}".formatted(kind(lock));
	}

}
