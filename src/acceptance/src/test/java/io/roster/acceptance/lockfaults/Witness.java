package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.roster.fencing.InMemoryFencingGuard;
import io.roster.fencing.StaleTokenException;

/**
 * Watches clients of mutexes that somebody else runs, by the rules of the fault runs. The
 * clients tell what they do when they do it, and write under their locks.
 */
public final class Witness {

	private final History history = new History();

	private final InMemoryFencingGuard guard = new InMemoryFencingGuard();

	/**
	 * An acquire is about to be sent.
	 * @param client its client's name
	 * @param lock the lock
	 * @param bound within which it is to end
	 * @return its number, to be told with all that follows
	 */
	public int called(String client, String lock, Duration bound) {
		return this.history.called(client, Aim.of(lock), bound, bound);
	}

	/**
	 * What an acquire has to bring, so that its place is known in the members' logs.
	 * @param acquisition its number
	 * @return the metadata of its lease, as JSON
	 */
	public static String metadata(int acquisition) {
		return "{\"" + TransactionLogs.ACQUISITION + "\":\"" + acquisition + "\"}";
	}

	/**
	 * A client has been told that it holds the lock, and writes.
	 * @param acquisition the number of the acquire
	 * @param lock the lock
	 * @param lease its lease
	 * @param token its fencing token
	 * @param until the client's own deadline, a reading of {@link System#nanoTime()}
	 */
	public void granted(int acquisition, String lock, UUID lease, long token, long until) {
		this.history.add(new Event.Granted(acquisition, lease, token, System.nanoTime(), until));
		try {
			this.guard.write(lock, token, () -> {
				this.history.add(new Event.Accepted(acquisition, lock, System.nanoTime()));
				return null;
			});
		}
		catch (StaleTokenException ex) {
			this.history.add(new Event.Refused(acquisition, lock, true, System.nanoTime()));
		}
	}

	/**
	 * A client is about to give the lock back.
	 * @param acquisition the number of the acquire
	 */
	public void releaseSent(int acquisition) {
		this.history.add(new Event.ReleaseSent(acquisition, System.nanoTime()));
	}

	/**
	 * Checks what was told, and what the members have logged. They must be stopped.
	 * @param root the root of the locks
	 * @param members the folders with the members' logs
	 * @return what was broken, and nothing if all was well
	 * @throws IOException if a log cannot be read
	 */
	public List<String> broken(String root, List<Path> members) throws IOException {
		List<Event> events = this.history.events();
		return Checker.check(events, TransactionLogs.places(root, members)).stream().map(Violation::toString).toList();
	}

}
