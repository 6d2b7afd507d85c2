package io.roster.registry.ensemble;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.ZnodeGrant;
import io.roster.registry.ZnodeRoots;
import lombok.extern.slf4j.Slf4j;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The elections that were seen, kept in the ensemble, so that all replicas tell the same
 * and a restart forgets none: of the replicas that notice an election the first one
 * writes it down.
 */
@Slf4j
final class ElectionRecords implements AutoCloseable {

	private static final String ROOT = ZnodeRoots.ROSTER + "/elections";

	private final Coordination coordination;

	private final JsonMapper json;

	private final int most;

	private final Mirror nodes;

	/** Those that this replica has seen and that are not written down yet, by epoch. */
	private final Map<Long, ElectionView> unwritten = new ConcurrentSkipListMap<>();

	private volatile boolean read;

	ElectionRecords(Coordination coordination, JsonMapper json, int most, Consumer<ElectionView> listener) {
		this.coordination = coordination;
		this.json = json;
		this.most = most;
		this.nodes = coordination.mirror(ROOT, MirrorOptions.withData());
		this.nodes.subscribe((event) -> tell(event, listener));
	}

	private void tell(MirrorEvent event, Consumer<ElectionView> listener) {
		if (event instanceof MirrorEvent.Synced synced) {
			// What is there at the first read is not new.
			if (this.read) {
				synced.changes().forEach((change) -> tell(change, listener));
			}
			this.read = true;
		}
		else if (event instanceof MirrorEvent.Changed changed) {
			tell(changed.change(), listener);
		}
	}

	private void tell(NodeChange change, Consumer<ElectionView> listener) {
		ElectionView election = (change instanceof NodeChange.Created created) ? parse(created.node()) : null;
		if (election != null) {
			listener.accept(election);
		}
	}

	/** All that are known, the latest first. */
	List<ElectionView> all() {
		Map<Long, ElectionView> all = new TreeMap<>(Comparator.<Long>reverseOrder());
		all.putAll(this.unwritten);
		written().forEach((node) -> {
			ElectionView election = parse(node);
			if (election != null) {
				all.put(election.epoch(), election);
			}
		});
		return all.values().stream().limit(this.most).toList();
	}

	void add(ElectionView election) {
		this.unwritten.put(election.epoch(), election);
	}

	/** Writes down what is not; to be called now and then. Blocks for a moment. */
	void write() throws Exception {
		if (this.unwritten.isEmpty() || !this.coordination.client().getZookeeperClient().isConnected()) {
			return;
		}
		for (ElectionView election : List.copyOf(this.unwritten.values())) {
			write(election);
			this.unwritten.remove(election.epoch());
		}
		deleteOldest();
	}

	private void write(ElectionView election) throws Exception {
		try {
			client().create()
				.creatingParentsIfNeeded()
				.withMode(CreateMode.PERSISTENT)
				.withACL(this.coordination.access().acl(ZnodeGrant.PRIVATE), true)
				.forPath(path(election.epoch()), this.json.writeValueAsBytes(election));
		}
		catch (KeeperException.NodeExistsException ex) {
			log.debug("Another replica has noticed the election of epoch {} before", election.epoch(), ex);
		}
	}

	private void deleteOldest() throws Exception {
		List<Node> written = new ArrayList<>(written());
		for (Node node : written.subList(0, Math.max(0, written.size() - this.most))) {
			try {
				client().delete().forPath(node.path());
			}
			catch (KeeperException.NoNodeException ex) {
				log.debug("Another replica has deleted {} before", node.path(), ex);
			}
		}
	}

	private CuratorFramework client() {
		return this.coordination.client().usingNamespace(null);
	}

	private Collection<Node> written() {
		return this.nodes.snapshot().children(ROOT);
	}

	private static String path(long epoch) {
		return "%s/%010d".formatted(ROOT, epoch);
	}

	private @Nullable ElectionView parse(Node node) {
		byte[] data = node.data();
		try {
			return (data != null) ? this.json.readValue(new String(data, StandardCharsets.UTF_8), ElectionView.class)
					: null;
		}
		catch (JacksonException ex) {
			log.debug("{} is no election", node.path(), ex);
			return null;
		}
	}

	@Override
	public void close() {
		this.nodes.close();
	}

}
