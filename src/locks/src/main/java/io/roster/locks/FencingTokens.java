package io.roster.locks;

import org.jspecify.annotations.Nullable;

/**
 * Fencing tokens: epoch x 2^48 + czxid of the node. They grow from each exclusive holder
 * to the next, also when the lock's znode was removed and made again, because every node
 * is created by a later transaction. The upper half of a zxid counts elections, so that
 * 65,536 of them reach 2^48; then tokens would run into those of the next epoch.
 */
record FencingTokens(int epoch) {

	private static final int CZXID_BITS = 48;

	private static final long LIMIT = 1L << CZXID_BITS;

	private static final int MAX_EPOCH = Short.MAX_VALUE;

	FencingTokens {
		checkEpoch(epoch);
	}

	static void checkEpoch(int epoch) {
		if (epoch < 0 || epoch > MAX_EPOCH) {
			throw new IllegalArgumentException(
					"the fencing epoch is a number from 0 to " + MAX_EPOCH + ", this one is " + epoch);
		}
	}

	/**
	 * Whether a token was given to the holder in a node, in this epoch or an earlier one.
	 */
	static boolean isOf(long token, long czxid) {
		return (token & (LIMIT - 1)) == czxid;
	}

	/**
	 * Whether tokens can be made at a transaction.
	 * @param zxid the transaction
	 * @return {@code false} from 2^48 on
	 */
	static boolean reaches(long zxid) {
		return zxid < LIMIT;
	}

	long of(long czxid) {
		if (czxid < 0 || !reaches(czxid)) {
			throw new IllegalStateException(
					"no fencing token can be made of czxid " + czxid + ", it is not below 2^48");
		}
		return ((long) this.epoch << CZXID_BITS) + czxid;
	}

	String text(long czxid) {
		return Long.toString(of(czxid));
	}

	static @Nullable Long parse(@Nullable String token) {
		if (token == null) {
			return null;
		}
		try {
			long value = Long.parseLong(token);
			if (value >= 0) {
				return value;
			}
		}
		catch (NumberFormatException ex) {
			// told below
		}
		throw new InvalidLockRequestException("fencingToken",
				"a fencing token is a decimal string of a 64-bit number, this one is '" + token + "'");
	}

}
