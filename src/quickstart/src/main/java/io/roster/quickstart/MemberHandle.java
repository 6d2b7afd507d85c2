package io.roster.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The process of one member, whoever has started it.
 */
final class MemberHandle {

	private final PidFile pidFile;

	private MemberHandle(PidFile pidFile) {
		this.pidFile = pidFile;
	}

	static MemberHandle of(DemoFolder folder, int id) {
		return new MemberHandle(new PidFile(folder.pidFile(Members.name(id))));
	}

	Optional<ProcessHandle> running() throws IOException {
		return this.pidFile.running();
	}

	/**
	 * Stops it, and kills it if that takes longer than the bound.
	 * @return whether there was one
	 */
	boolean stop(Duration bound) throws IOException, InterruptedException {
		Optional<ProcessHandle> running = running();
		if (running.isEmpty()) {
			return false;
		}
		ProcessHandle process = running.get();
		process.destroy();
		if (!ends(process, bound)) {
			process.destroyForcibly();
			ends(process, bound);
		}
		this.pidFile.delete();
		return true;
	}

	private static boolean ends(ProcessHandle process, Duration bound) throws InterruptedException {
		try {
			process.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A process's end cannot fail", ex);
		}
	}

}
