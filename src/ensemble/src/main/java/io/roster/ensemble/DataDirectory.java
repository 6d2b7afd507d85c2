package io.roster.ensemble;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

import io.roster.ensemble.MemberStartException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory of one running member, held by an exclusive lock on a file in it.
 * The operating system drops the lock with the process, however that ends, so what a
 * killed member leaves behind can be started again at once.
 */
final class DataDirectory implements AutoCloseable {

	static final String ID_FILE = "myid";

	static final String LOCK_FILE = "roster-member.lock";

	private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

	/**
	 * What this JVM holds. On POSIX, closing any channel of a file drops all locks that
	 * the process has on it: a directory that is held here must not even be tried.
	 */
	private static final Set<Path> held = new HashSet<>();

	private final Path directory;

	private final FileChannel channel;

	private DataDirectory(Path directory, FileChannel channel) {
		this.directory = directory;
		this.channel = channel;
	}

	/**
	 * Makes the directories where they are missing, locks the data directory and checks
	 * or writes {@code myid}.
	 * @param config the member's configuration
	 * @return the held directory
	 * @throws MemberStartException if it is in use, unusable, or another member's
	 */
	static DataDirectory open(MemberConfig config) {
		Path directory = config.storage().dataDir();
		try {
			Files.createDirectories(directory);
			requireWritable(Files.createDirectories(config.storage().dataLogDir()));
			requireWritable(directory);
			DataDirectory opened = lock(directory.toRealPath());
			try {
				if (config.isDistributed()) {
					opened.checkId(config.id());
				}
				return opened;
			}
			catch (IOException | RuntimeException ex) {
				opened.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new MemberStartException(Reason.DATA_DIRECTORY_NOT_WRITABLE,
					"The data directory " + directory + " cannot be used (" + ex
							+ "): give the user that runs the member the right to write there, or name another dataDir",
					ex);
		}
	}

	private static void requireWritable(Path directory) {
		if (!Files.isWritable(directory)) {
			throw new MemberStartException(Reason.DATA_DIRECTORY_NOT_WRITABLE, "The directory " + directory
					+ " is not writable for this user: give the user that runs the member the right to write there, or name another one",
					null);
		}
	}

	private static DataDirectory lock(Path directory) throws IOException {
		synchronized (held) {
			if (held.contains(directory)) {
				throw inUse(directory, "by another member in this process (pid " + ProcessHandle.current().pid() + ")");
			}
			FileChannel channel = FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE,
					StandardOpenOption.READ, StandardOpenOption.WRITE);
			try {
				FileLock lock = channel.tryLock();
				if (lock == null) {
					throw inUse(directory, "by the process with pid " + read(channel));
				}
				write(channel, String.valueOf(ProcessHandle.current().pid()));
			}
			catch (IOException | RuntimeException ex) {
				channel.close();
				throw ex;
			}
			held.add(directory);
			return new DataDirectory(directory, channel);
		}
	}

	private static MemberStartException inUse(Path directory, String holder) {
		return new MemberStartException(Reason.DATA_DIRECTORY_IN_USE, "The data directory " + directory + " is in use "
				+ holder + ": stop that member, or give this one a dataDir of its own", null);
	}

	private static String read(FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(32);
		channel.read(bytes, 0);
		return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
	}

	private static void write(FileChannel channel, String text) throws IOException {
		channel.truncate(0);
		channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), 0);
	}

	private void checkId(int id) throws IOException {
		Path file = this.directory.resolve(ID_FILE);
		String found = readIfExists(file);
		if (found == null) {
			Files.writeString(file, id + "\n");
		}
		else if (!found.equals(String.valueOf(id))) {
			throw new MemberStartException(Reason.WRONG_ID,
					file + " says " + found + ", but the configuration says that this is member " + id
							+ ": give this member a dataDir of its own"
							+ ", or correct the id (the data there is that of member " + found + ")",
					null);
		}
	}

	private static @Nullable String readIfExists(Path file) throws IOException {
		try {
			return Files.readString(file).strip();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/** Gives the directory free; again does nothing. */
	@Override
	public void close() {
		synchronized (held) {
			if (!this.channel.isOpen()) {
				return;
			}
			held.remove(this.directory);
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				log.warn("The lock on {} could not be given back; it ends with this process", this.directory, ex);
			}
		}
	}

}
