package io.roster.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on. They are taken from below the range that the kernel gives
 * to outgoing connections, so that no connection takes one between the look and the use.
 */
public final class FreePorts {

	private static final int RANGE = 6_000;

	/** Two processes of tests that run at once take from ranges of their own. */
	private static final int FIRST = 20_000 + RANGE * ((Integer.getInteger("acceptance.fork", 1) - 1) % 2);

	private static final int LAST = FIRST + RANGE;

	private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

	private FreePorts() {
	}

	public static int next() {
		for (int attempt = 0; attempt < 1_000; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (GIVEN.add(port) && isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
	}

	public static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
