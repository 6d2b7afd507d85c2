package io.roster.registry.tree;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.ZnodeGrant;
import io.roster.registry.open.AnswerThreads;
import lombok.RequiredArgsConstructor;
import org.apache.zookeeper.AsyncCallback.Create2Callback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The requests to the ensemble, over the session of this server. None of them blocks.
 * Each future fails with the {@link KeeperException} of the ensemble's refusal, and
 * within ten seconds with a {@code TimeoutException} where there is no answer.
 */
@Component
@RequiredArgsConstructor
class ZnodeRequests {

	static final int ANY_VERSION = -1;

	private static final Duration BOUND = Duration.ofSeconds(10);

	/** How often a subtree is listed anew because it has changed while it was deleted. */
	private static final int TRIES = 5;

	/** ZooKeeper's default for jute.maxbuffer, less what a request has besides. */
	private static final int MAX_REQUEST = 0xfffff - 1024;

	/** What an operation takes in a transaction besides its path. */
	private static final int OPERATION = 32;

	private final Coordination coordination;

	private final AnswerThreads threads;

	/**
	 * Reads a znode after its member of the ensemble has caught up, so that whoever has
	 * seen an answer to a change sees the change, at any replica of this server.
	 */
	CompletableFuture<ZnodeView> read(String path, boolean base64) {
		CompletableFuture<ZnodeView> read = new CompletableFuture<>();
		return ask(read, (zk) -> {
			CompletableFuture<ZnodeData> data = new CompletableFuture<>();
			zk.sync(path, (rc, p, context) -> failUnlessOk(read, rc, path), null);
			zk.getData(path, false, (int rc, String p, Object context, byte[] bytes, Stat stat) -> {
				if (rc == Code.OK.intValue()) {
					data.complete((base64 && bytes != null) ? ZnodeData.inBase64(bytes) : ZnodeData.of(bytes));
				}
				else {
					fail(read, rc, path);
				}
			}, null);
			zk.getChildren(path, false, (int rc, String p, Object context, List<String> children, Stat stat) -> {
				if (rc == Code.OK.intValue() && data.isDone()) {
					read.complete(ZnodeView.of(path, data.join(), StatView.of(stat), children));
				}
				else {
					fail(read, rc, path);
				}
			}, null);
		});
	}

	/** Makes a znode; the future has its path. */
	CompletableFuture<String> create(String path, byte[] data, CreateMode mode) {
		requireRoom(path, data);
		CompletableFuture<String> created = new CompletableFuture<>();
		Create2Callback callback = (rc, p, context, name, stat) -> {
			if (rc == Code.OK.intValue()) {
				created.complete(name);
			}
			else {
				fail(created, rc, path);
			}
		};
		return ask(created,
				(zk) -> zk.create(path, data, this.coordination.access().acl(ZnodeGrant.SHARED), mode, callback, null));
	}

	CompletableFuture<StatView> write(String path, byte[] data, int version) {
		requireRoom(path, data);
		CompletableFuture<StatView> written = new CompletableFuture<>();
		return ask(written, (zk) -> zk.setData(path, data, version, (rc, p, context, stat) -> {
			if (rc == Code.OK.intValue()) {
				written.complete(StatView.of(stat));
			}
			else {
				fail(written, rc, path);
			}
		}, null));
	}

	CompletableFuture<@Nullable Void> delete(String path, int version) {
		CompletableFuture<@Nullable Void> deleted = new CompletableFuture<>();
		return ask(deleted, (zk) -> zk.delete(path, version, (rc, p, context) -> {
			if (rc == Code.OK.intValue()) {
				deleted.complete(null);
			}
			else {
				fail(deleted, rc, path);
			}
		}, null));
	}

	/** Deletes a znode with all below it in one transaction: all of it, or nothing. */
	CompletableFuture<@Nullable Void> deleteAll(String path, int version) {
		CompletableFuture<@Nullable Void> deleted = new CompletableFuture<>();
		return ask(deleted, (zk) -> this.threads.execute(() -> {
			try {
				deleteAll(zk, path, version, TRIES);
				deleted.complete(null);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				deleted.completeExceptionally(ex);
			}
			catch (KeeperException | RuntimeException ex) {
				deleted.completeExceptionally(ex);
			}
		}));
	}

	private static void deleteAll(ZooKeeper zk, String path, int version, int tries)
			throws KeeperException, InterruptedException {
		List<String> tree = new ArrayList<>(ZKUtil.listSubTreeBFS(zk, path));
		int size = tree.stream().mapToInt((each) -> each.length() + OPERATION).sum();
		if (size > MAX_REQUEST) {
			throw new TooLargeException(
					"The %d znodes below '%s' do not fit into one transaction; delete parts of it first."
						.formatted(tree.size() - 1, path));
		}
		Collections.reverse(tree);
		try {
			zk.multi(tree.stream().map((each) -> Op.delete(each, each.equals(path) ? version : ANY_VERSION)).toList());
		}
		catch (KeeperException.NotEmptyException | KeeperException.NoNodeException ex) {
			if (tries == 1) {
				throw ex;
			}
			// Somebody has made or deleted a znode below it in between.
			deleteAll(zk, path, version, tries - 1);
		}
	}

	private static void requireRoom(String path, byte[] data) {
		int room = MAX_REQUEST - path.getBytes(StandardCharsets.UTF_8).length;
		if (data.length > room) {
			throw new TooLargeException(
					"The data has %d bytes, and a znode has room for %d.".formatted(data.length, room));
		}
	}

	private <T> CompletableFuture<T> ask(CompletableFuture<T> answer, Request request) {
		try {
			ZooKeeper handle = this.coordination.client().getZookeeperClient().getZooKeeper();
			if (handle.getState().isConnected()) {
				request.send(handle);
			}
			else {
				answer.completeExceptionally(new KeeperException.ConnectionLossException());
			}
		}
		catch (Exception ex) {
			answer.completeExceptionally(ex);
		}
		return answer.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void failUnlessOk(CompletableFuture<?> answer, int rc, String path) {
		if (rc != Code.OK.intValue()) {
			fail(answer, rc, path);
		}
	}

	private static void fail(CompletableFuture<?> answer, int rc, String path) {
		answer.completeExceptionally(KeeperException.create(Code.get(rc), path));
	}

	@FunctionalInterface
	private interface Request {

		void send(ZooKeeper handle) throws Exception;

	}

	/** It does not fit into a request to the ensemble. */
	static final class TooLargeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TooLargeException(String message) {
			super(message);
		}

	}

}
