package io.roster.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/**
 * Ends a session from outside: joins it with the password that ZooKeeper derives from its
 * id, and closes it. Its owner finds it expired when it connects again.
 */
final class SessionCloser {

	/** ZooKeeperServer.superSecret, from which generatePasswd(sessionId) is seeded. */
	private static final long SECRET = 0xB3415C00L;

	private static final int PASSWORD_BYTES = 16;

	private static final Duration BOUND = Duration.ofSeconds(10);

	private SessionCloser() {
	}

	static void close(String connectString, long sessionId) throws InterruptedException {
		CompletableFuture<KeeperState> connected = new CompletableFuture<>();
		try (ZooKeeper intruder = new ZooKeeper(connectString, (int) BOUND.toMillis(),
				(WatchedEvent event) -> onEvent(event, connected), sessionId, password(sessionId))) {
			KeeperState state = connected.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
			if (state == KeeperState.Expired) {
				throw new IllegalArgumentException(
						"The ensemble knows no session 0x" + Long.toHexString(sessionId) + ": it has ended before");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The session 0x" + Long.toHexString(sessionId) + " could not be joined at "
					+ connectString + " within " + BOUND.toSeconds() + " s: is there a quorum?", ex);
		}
	}

	private static void onEvent(WatchedEvent event, CompletableFuture<KeeperState> connected) {
		if (event.getState() == KeeperState.SyncConnected || event.getState() == KeeperState.Expired) {
			connected.complete(event.getState());
		}
	}

	private static byte[] password(long sessionId) {
		byte[] password = new byte[PASSWORD_BYTES];
		new Random(sessionId ^ SECRET).nextBytes(password);
		return password;
	}

}
