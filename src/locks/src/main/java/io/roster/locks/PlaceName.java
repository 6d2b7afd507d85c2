package io.roster.locks;

import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name of a place in a queue. Places are ordered by their ten-digit suffix, as
 * Curator's {@code StandardLockInternalsDriver} orders them; the name breaks a tie,
 * because Curator's downgrade makes its read node with its write node's number.
 *
 * @param text the name of the znode
 * @param sequence the number at its end
 * @param kind the kind of lock whose places are named so
 * @param shared whether the place shares the lock with its like
 * @param id the UUID of a name that a lease or one of Curator's recipes made
 */
record PlaceName(String text, long sequence, LockKind kind, boolean shared,
		@Nullable UUID id) implements Comparable<PlaceName> {

	private static final Comparator<PlaceName> ORDER = Comparator.comparingLong(PlaceName::sequence)
		.thenComparing(PlaceName::text);

	private static final Pattern NAME = Pattern.compile("(.*?)(\\d{10})", Pattern.DOTALL);

	private static final Pattern PROTECTED = Pattern
		.compile("_c_(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})-(lock-|__WRIT__|__READ__)");

	private static final String READ = "__READ__";

	private static final String WRITE = "__WRIT__";

	/**
	 * Reads a name.
	 * @param text the name of a znode
	 * @return the name, or {@code null} if it has no sequence number and so no place in
	 * the order
	 */
	static @Nullable PlaceName parse(String text) {
		Matcher name = NAME.matcher(text);
		if (!name.matches()) {
			return null;
		}
		String prefix = name.group(1);
		Matcher made = PROTECTED.matcher(prefix);
		UUID id = made.matches() ? UUID.fromString(made.group(1)) : null;
		boolean shared = prefix.endsWith(READ);
		LockKind kind = (shared || prefix.endsWith(WRITE)) ? LockKind.READ_WRITE : LockKind.MUTEX;
		return new PlaceName(text, Long.parseLong(name.group(2)), kind, shared, id);
	}

	/**
	 * The name of a lease's node up to the number that the ensemble adds.
	 * @param lease the id of the lease
	 * @param kind what the lock is
	 * @param mode how it is wanted
	 * @return the prefix
	 */
	static String prefix(UUID lease, LockKind kind, Mode mode) {
		String side = (mode == Mode.SHARED) ? READ : WRITE;
		return "_c_" + lease + "-" + ((kind == LockKind.READ_WRITE) ? side : "lock-");
	}

	/**
	 * The lease whose node would be named so, if its data says that it is one.
	 * @return the id of the lease
	 */
	@Nullable UUID lease() {
		return this.id;
	}

	Mode mode() {
		return this.shared ? Mode.SHARED : Mode.EXCLUSIVE;
	}

	@Override
	public int compareTo(PlaceName other) {
		return ORDER.compare(this, other);
	}

}
