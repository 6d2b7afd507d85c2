package io.roster.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Held by the one demo that runs in a folder, until it ends: by it the demo's processes
 * and the {@code member} commands know that the demo is there. The file must be opened
 * nowhere else in this process: on POSIX systems, closing any channel of a file gives up
 * all locks that the process has on it.
 */
final class DemoLock implements AutoCloseable {

	private final FileChannel channel;

	private DemoLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Takes the lock.
	 * @return empty if another demo, or what is left of it, is alive in the folder
	 */
	static Optional<DemoLock> tryTake(DemoFolder folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		FileLock lock = channel.tryLock();
		if (lock == null) {
			channel.close();
			return Optional.empty();
		}
		return Optional.of(new DemoLock(channel));
	}

	/** Whether a demo runs in the folder, seen from another process. */
	static boolean isTaken(DemoFolder folder) throws IOException {
		Optional<DemoLock> taken = tryTake(folder);
		if (taken.isPresent()) {
			taken.get().close();
		}
		return taken.isEmpty();
	}

	/** Lets the demo's processes end. */
	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
