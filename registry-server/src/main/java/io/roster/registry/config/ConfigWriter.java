package io.roster.registry.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.ZnodeGrant;
import io.roster.registry.open.AnswerThreads;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Changes values: in one transaction the value, the record of who wrote it, and, where
 * another program has written what stood there before, a record of that.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class ConfigWriter {

	private static final Duration BOUND = Duration.ofSeconds(10);

	/** How often a change is tried anew because others change the same value. */
	private static final int TRIES = 5;

	private final Coordination coordination;

	private final ConfigTree tree;

	private final AnswerThreads threads;

	private final JsonMapper json;

	private final ConfigProperties properties;

	/**
	 * Writes a value.
	 * @param value the value, {@code null} to take the property away
	 * @return what has been written; fails with a {@link ConfigChangedException}, a
	 * {@link NoSuchPropertyException} or a {@link KeeperException}
	 */
	CompletableFuture<PropertyVersion> write(PropertyKey key, @Nullable String value, Precondition condition,
			String by) {
		return this.tree.caughtUp()
			.thenCompose((done) -> soon(key, value, condition, by))
			// Whoever has the answer finds the change here.
			.thenCompose((version) -> this.tree.caughtUp().handle((done, failure) -> version))
			.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS);
	}

	private CompletableFuture<PropertyVersion> soon(PropertyKey key, @Nullable String value, Precondition condition,
			String by) {
		CompletableFuture<PropertyVersion> written = new CompletableFuture<>();
		this.threads.execute(() -> {
			try {
				ZooKeeper handle = this.coordination.client().getZookeeperClient().getZooKeeper();
				written.complete(new Change(handle, key, value, condition, by).make(TRIES));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				written.completeExceptionally(ex);
			}
			catch (Exception ex) {
				written.completeExceptionally(ex);
			}
		});
		return written;
	}

	/** One change, on a thread that may block. */
	@RequiredArgsConstructor
	private final class Change {

		private final ZooKeeper handle;

		private final PropertyKey key;

		private final @Nullable String value;

		private final Precondition condition;

		private final String by;

		PropertyVersion make(int tries) throws KeeperException, InterruptedException {
			String path = ConfigWriter.this.tree.pathOf(this.key);
			Stat stat = new Stat();
			byte[] before = read(path, stat);
			boolean there = before != null && (before.length > 0 || stat.getNumChildren() == 0);
			String version = there ? Long.toString(stat.getMzxid()) : null;
			if (!this.condition.holds(version)) {
				throw new ConfigChangedException(this.key, version);
			}
			if (this.value == null && !there) {
				throw new NoSuchPropertyException(this.key);
			}
			ensure(path.substring(0, path.lastIndexOf('/')), ZnodeGrant.READABLE);
			ensure(ConfigTree.recordsOf(this.key), ZnodeGrant.PRIVATE);
			List<Op> operations = new ArrayList<>();
			operations.add(change(path, before != null, stat));
			if (there && !ConfigWriter.this.tree.isRecorded(this.key, stat)) {
				operations.add(entry(
						new ConfigRecord(null, new String(before, StandardCharsets.UTF_8), version, stat.getMtime())));
			}
			operations.add(entry(new ConfigRecord(this.by, this.value, null, null)));
			try {
				return written(this.handle.multi(operations));
			}
			catch (KeeperException.BadVersionException | KeeperException.NodeExistsException
					| KeeperException.NoNodeException | KeeperException.NotEmptyException ex) {
				if (tries == 1) {
					throw ex;
				}
				log.debug("{} was changed in between", this.key, ex);
				return make(tries - 1);
			}
		}

		private byte @Nullable [] read(String path, Stat stat) throws KeeperException, InterruptedException {
			try {
				byte[] data = this.handle.getData(path, false, stat);
				return (data != null) ? data : new byte[0];
			}
			catch (KeeperException.NoNodeException ex) {
				return null;
			}
		}

		private Op change(String path, boolean exists, Stat stat) {
			if (this.value == null) {
				// What has children stays, without data, as it is no property then.
				return (stat.getNumChildren() == 0) ? Op.delete(path, stat.getVersion())
						: Op.setData(path, new byte[0], stat.getVersion());
			}
			byte[] data = this.value.getBytes(StandardCharsets.UTF_8);
			return exists ? Op.setData(path, data, stat.getVersion()) : Op.create(path, data,
					ConfigWriter.this.coordination.access().acl(ZnodeGrant.READABLE), CreateMode.PERSISTENT);
		}

		private Op entry(ConfigRecord version) {
			return Op.create(ConfigTree.recordsOf(this.key) + "/v", ConfigWriter.this.json.writeValueAsBytes(version),
					ConfigWriter.this.coordination.access().acl(ZnodeGrant.PRIVATE), CreateMode.PERSISTENT_SEQUENTIAL);
		}

		private void ensure(String path, ZnodeGrant grant) throws KeeperException, InterruptedException {
			if (this.handle.exists(path, false) != null) {
				return;
			}
			int slash = path.lastIndexOf('/');
			if (slash > 0) {
				ensure(path.substring(0, slash), grant);
			}
			try {
				this.handle.create(path, new byte[0], ConfigWriter.this.coordination.access().acl(grant),
						CreateMode.PERSISTENT);
			}
			catch (KeeperException.NodeExistsException ex) {
				log.debug("{} was made in between", path, ex);
			}
		}

		private PropertyVersion written(List<OpResult> results) throws KeeperException, InterruptedException {
			String entry = ((OpResult.CreateResult) results.get(results.size() - 1)).getPath();
			Stat stat = this.handle.exists(entry, false);
			if (stat == null) {
				throw new KeeperException.NoNodeException(entry);
			}
			prune();
			return new PropertyVersion(Long.toString(stat.getCzxid()), this.value, this.by,
					Instant.ofEpochMilli(stat.getCtime()), this.value != null);
		}

		private void prune() throws KeeperException, InterruptedException {
			String folder = ConfigTree.recordsOf(this.key);
			List<String> names = this.handle.getChildren(folder, false).stream().sorted().toList();
			int surplus = Math.max(0, names.size() - ConfigWriter.this.properties.versions());
			for (String name : names.subList(0, surplus)) {
				try {
					this.handle.delete(folder + "/" + name, -1);
				}
				catch (KeeperException.NoNodeException ex) {
					log.debug("{} has been deleted by another replica", name, ex);
				}
			}
		}

	}

}
