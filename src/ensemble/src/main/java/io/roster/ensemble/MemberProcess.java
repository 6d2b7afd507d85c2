package io.roster.ensemble;

import java.io.IOException;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member in the foreground of a process of its own. It ends with the process, on
 * SIGTERM and Ctrl-C in good order.
 */
public final class MemberProcess {

	/** The member was stopped. */
	public static final int STOPPED = 0;

	/** The member could not start, or ZooKeeper gave up; the log says why. */
	public static final int FAILED = 1;

	/** The configuration cannot be used. */
	public static final int BAD_CONFIGURATION = 2;

	private static final Logger log = LoggerFactory.getLogger(MemberProcess.class);

	private MemberProcess() {
	}

	/**
	 * Starts the member that a {@code zoo.cfg} describes, and ends the process with it.
	 * @param args the path of the file and, where its data directory has no {@code myid}
	 * yet, the member's id
	 * @throws InterruptedException if the main thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		System.exit(run(args));
	}

	private static int run(String[] args) throws InterruptedException {
		if (args.length < 1 || args.length > 2) {
			log.error("Expected the path of a zoo.cfg and, optionally, the member's id, but got {} arguments",
					args.length);
			return BAD_CONFIGURATION;
		}
		try {
			return run(MemberConfig.read(Path.of(args[0]), (args.length == 2) ? parseId(args[1]) : null));
		}
		catch (IOException | IllegalArgumentException ex) {
			log.error("{} cannot be used: {}", args[0], (ex instanceof IOException) ? ex.toString() : ex.getMessage());
			return BAD_CONFIGURATION;
		}
	}

	private static Integer parseId(String id) {
		try {
			return Integer.valueOf(id);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("The member's id must be a whole number, but is '" + id + "'", ex);
		}
	}

	/**
	 * Starts a member and blocks until it has ended. The end of the JVM stops it.
	 * @param config the member's parameters
	 * @return the exit code for the process: {@link #STOPPED} or {@link #FAILED}
	 * @throws InterruptedException if the thread is interrupted; the member is stopped
	 * then
	 */
	public static int run(MemberConfig config) throws InterruptedException {
		try (EmbeddedMember member = new EmbeddedMember(config)) {
			Runtime.getRuntime().addShutdownHook(new Thread(member::close, "zookeeper-member-stop"));
			member.start();
			return member.awaitStop() ? STOPPED : FAILED;
		}
		catch (MemberStartException ex) {
			log.error(ex.getMessage());
			log.debug("The member did not start", ex);
			return FAILED;
		}
	}

}
