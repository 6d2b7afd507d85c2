package io.roster.acceptance.lockfaults;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A place in a queue, from the creation of its znode to its end.
 *
 * @param lock the lock's name
 * @param node the znode's name
 * @param acquisition the number of the acquire that it was created for, as its data says;
 * 0 if that says nothing
 * @param created the transaction that created it
 * @param deleted the transaction that deleted it, {@link #STANDS} if none did
 */
record Place(String lock, String node, int acquisition, long created, long deleted) {

	/** Later than every transaction. */
	static final long STANDS = Long.MAX_VALUE;

	private static final Pattern LEASE = Pattern.compile("_c_([0-9a-f-]{36})-(?:lock-|__WRIT__|__READ__)\\d{10}");

	/** The lease whose place it is, {@code null} if it is none of a lease. */
	@Nullable UUID lease() {
		Matcher name = LEASE.matcher(this.node);
		return name.matches() ? UUID.fromString(name.group(1)) : null;
	}

	boolean shared() {
		return this.node.contains("__READ__");
	}

	Place deletedBy(long transaction) {
		return new Place(this.lock, this.node, this.acquisition, this.created, transaction);
	}

	boolean stands() {
		return this.deleted == STANDS;
	}

}
