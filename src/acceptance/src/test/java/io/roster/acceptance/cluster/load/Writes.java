package io.roster.acceptance.cluster.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A program with ZooKeeper's own client, which counts up in one znode. What was
 * acknowledged must be there when it reads again.
 */
final class Writes extends Load {

	private static final Duration PACE = Duration.ofMillis(100);

	private static final int SESSION_TIMEOUT_MS = 10_000;

	private final String connectString;

	private final String path;

	private final String login;

	private @Nullable ZooKeeper client;

	private long firstRead = -1;

	private long next;

	/**
	 * Counts up.
	 * @param connectString where the ensemble is
	 * @param path the znode
	 * @param login {@code user:password}, empty for none
	 */
	Writes(String connectString, String path, String login) {
		super("writes");
		this.connectString = connectString;
		this.path = path;
		this.login = login;
	}

	@Override
	void run(BooleanSupplier over) {
		insist(this::begin);
		while (!over.getAsBoolean()) {
			this.next++;
			insist(this::write);
			pause(PACE);
		}
		this.next++;
		insist(this::write);
	}

	long firstRead() {
		return this.firstRead;
	}

	long lastWritten() {
		return this.next;
	}

	private @Nullable String begin() {
		return attempt((zooKeeper) -> {
			if (zooKeeper.exists(this.path, false) == null) {
				zooKeeper.create(this.path, bytes(0), this.login.isEmpty() ? Ids.OPEN_ACL_UNSAFE : Ids.CREATOR_ALL_ACL,
						CreateMode.PERSISTENT);
				return null;
			}
			this.firstRead = number(zooKeeper.getData(this.path, false, null));
			this.next = this.firstRead;
			return null;
		});
	}

	private @Nullable String write() {
		return attempt((zooKeeper) -> {
			Stat stat = new Stat();
			long found = number(zooKeeper.getData(this.path, false, stat));
			if (found == this.next) {
				// An attempt before this one was not answered, but done.
				return null;
			}
			if (found != this.next - 1) {
				return "found " + found + " where " + (this.next - 1) + " was written";
			}
			zooKeeper.setData(this.path, bytes(this.next), stat.getVersion());
			return null;
		});
	}

	private @Nullable String attempt(Attempt attempt) {
		try {
			return attempt.with(connected());
		}
		catch (KeeperException.SessionExpiredException | KeeperException.AuthFailedException ex) {
			this.client = null;
			return ex.toString();
		}
		catch (KeeperException | IOException ex) {
			return ex.toString();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

	private ZooKeeper connected() throws IOException {
		ZooKeeper known = this.client;
		if (known != null) {
			return known;
		}
		ZooKeeper zooKeeper = new ZooKeeper(this.connectString, SESSION_TIMEOUT_MS, (event) -> {
		});
		if (!this.login.isEmpty()) {
			zooKeeper.addAuthInfo("digest", this.login.getBytes(StandardCharsets.UTF_8));
		}
		this.client = zooKeeper;
		return zooKeeper;
	}

	private static byte[] bytes(long number) {
		return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
	}

	private static long number(byte[] data) {
		return Long.parseLong(new String(data, StandardCharsets.US_ASCII));
	}

	private interface Attempt {

		@Nullable String with(ZooKeeper zooKeeper) throws KeeperException, InterruptedException;

	}

}
