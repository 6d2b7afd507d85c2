package io.roster.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that stay free while their member is stopped. They lie below the range
 * from which the system takes the ports of outgoing connections, because such a
 * connection could sit on a stopped member's port, and a client that dials a closed port
 * of that range can even connect to itself. Other JVMs that use this class keep off by
 * the lock of one byte per port in a shared file, which ends with the process.
 */
final class FreePorts implements AutoCloseable {

	private static final int FIRST = 10_000;

	private static final int LAST = 32_000;

	private static final int TRIES = 1_000;

	/** One channel for the life of the JVM: closing any would drop all locks. */
	private static final FileChannel reservations = open();

	private final List<FileLock> locks = new ArrayList<>();

	private static FileChannel open() {
		Path file = Path.of(System.getProperty("java.io.tmpdir"),
				"roster-ports-" + System.getProperty("user.name") + ".lock");
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The ports of members are reserved in " + file + ", which cannot be opened",
					ex);
		}
	}

	/**
	 * Reserves one more port until {@link #close}.
	 * @return a port of loopback that nobody listens on
	 */
	int next() {
		for (int tries = 0; tries < TRIES; tries++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (reserve(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port of " + MemberAddress.LOOPBACK + " from " + FIRST + " to " + LAST
				+ " found in " + TRIES + " tries");
	}

	private boolean reserve(int port) {
		try {
			FileLock lock = reservations.tryLock(port, 1, false);
			if (lock == null) {
				return false;
			}
			if (isFree(port)) {
				this.locks.add(lock);
				return true;
			}
			lock.release();
			return false;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The reservation of port " + port + " failed", ex);
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new MemberAddress(MemberAddress.LOOPBACK, port).resolve());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Gives all ports back; again does nothing. */
	@Override
	public void close() {
		for (FileLock lock : this.locks) {
			try {
				lock.release();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("A port could not be given back", ex);
			}
		}
		this.locks.clear();
	}

}
