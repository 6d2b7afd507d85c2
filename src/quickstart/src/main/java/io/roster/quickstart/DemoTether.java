package io.roster.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The Java agent in each process of a demo: ends the process when the demo has ended,
 * however that came about. The demo holds an exclusive lock on a file as long as it
 * lives, which the operating system takes from it even after {@code kill -9}; a thread in
 * here waits for that lock, so that nothing is polled and no pid is compared.
 * <p>
 * It also ignores SIGINT and SIGHUP, which a terminal sends to all processes of a
 * foreground group at once: the demo stops its processes in order.
 * <p>
 * This class travels alone in a jar, so it uses nothing but the JDK.
 */
public final class DemoTether {

	/** A system property: how many seconds a process may take to end in good order. */
	static final String GRACE = "roster.tether.grace";

	private static final int DEFAULT_GRACE = 10;

	private DemoTether() {
	}

	/**
	 * Called by the JVM before the main method.
	 * @param lockFile the file that the demo keeps locked; {@code null} or empty for a
	 * process that belongs to no demo
	 */
	public static void premain(@Nullable String lockFile) {
		ignore("INT");
		ignore("HUP");
		if (lockFile != null && !lockFile.isEmpty()) {
			Path file = Path.of(lockFile);
			daemon("demo-tether", () -> endWith(file));
		}
	}

	private static void endWith(Path lockFile) {
		try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ);
				FileLock demoHasEnded = channel.lock(0, Long.MAX_VALUE, true)) {
			System.err.println("The demo has ended (" + demoHasEnded + "), and so does this process");
		}
		catch (IOException ex) {
			System.err.println("Cannot tell whether the demo still runs, so this process ends: " + ex);
		}
		daemon("demo-tether-halt", DemoTether::haltAfterGrace);
		System.exit(0);
	}

	private static void haltAfterGrace() {
		try {
			new CountDownLatch(1).await(Integer.getInteger(GRACE, DEFAULT_GRACE), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(1);
	}

	private static void daemon(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	/** By reflection, because javac warns of every direct use of this package. */
	private static void ignore(String signal) {
		try {
			Class<?> signalType = Class.forName("sun.misc.Signal");
			Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
			signalType.getMethod("handle", signalType, handlerType)
				.invoke(null, signalType.getConstructor(String.class).newInstance(signal),
						handlerType.getField("SIG_IGN").get(null));
		}
		catch (ReflectiveOperationException ex) {
			System.err.println("SIG" + signal + " ends this process too, it cannot be ignored here: " + ex);
		}
	}

}
