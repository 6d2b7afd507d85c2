package io.roster.ensemble;

import java.util.concurrent.CompletableFuture;

import javax.security.sasl.SaslException;

import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * One run of ZooKeeper's own main class, which works until {@link #close} is called or it
 * gives up.
 */
interface MemberRun extends AutoCloseable {

	/**
	 * Works until it is closed or fails.
	 * @throws Exception what ZooKeeper gave up for
	 */
	void run() throws Exception;

	@Override
	void close();

	static MemberRun of(QuorumPeerConfig config, boolean distributed, CompletableFuture<Void> started) {
		return distributed ? new Peer(config, started) : new Standalone(config, started);
	}

	/** A member of an ensemble. It has started when it looks for a leader. */
	final class Peer extends QuorumPeerMain implements MemberRun {

		private final QuorumPeerConfig config;

		private final CompletableFuture<Void> started;

		Peer(QuorumPeerConfig config, CompletableFuture<Void> started) {
			this.config = config;
			this.started = started;
		}

		@Override
		public void run() throws Exception {
			runFromConfig(this.config);
		}

		@Override
		protected QuorumPeer getQuorumPeer() throws SaslException {
			return new QuorumPeer() {
				@Override
				public synchronized void start() {
					super.start();
					Peer.this.started.complete(null);
				}
			};
		}

	}

	/** A member without others. It has started when it serves. */
	final class Standalone extends ZooKeeperServerMain implements MemberRun {

		private final QuorumPeerConfig config;

		private final CompletableFuture<Void> started;

		Standalone(QuorumPeerConfig config, CompletableFuture<Void> started) {
			this.config = config;
			this.started = started;
		}

		@Override
		public void run() throws Exception {
			ServerConfig server = new ServerConfig();
			server.readFrom(this.config);
			runFromConfig(server);
		}

		@Override
		protected void serverStarted() {
			this.started.complete(null);
		}

	}

}
