package io.roster.registry.config;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorEvent;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Node;
import io.roster.coordination.NodeChange;
import io.roster.coordination.Snapshot;
import io.roster.coordination.Subscription;
import io.roster.registry.ZnodeRoots;
import io.roster.registry.problem.NotReadYetException;
import jakarta.annotation.PreDestroy;
import lombok.extern.slf4j.Slf4j;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The configuration as it stands in the ensemble: the values, and the records of their
 * versions. In the layout of spring-cloud-zookeeper-config a property is a znode below
 * its application's, whose path below it is the property's name with slashes for dots or
 * without; a znode that has children and no data is none (its
 * {@code ZookeeperPropertySource}).
 */
@Slf4j
@Component
public class ConfigTree {

	static final String RECORDS = ZnodeRoots.ROSTER + "/config";

	private final JsonMapper json;

	private final Mirror values;

	private final Mirror records;

	ConfigTree(Coordination coordination, ZnodeRoots roots, JsonMapper json) {
		this.json = json;
		this.values = coordination.mirror(roots.config(), MirrorOptions.withData());
		this.records = coordination.mirror(RECORDS, MirrorOptions.withData());
	}

	/**
	 * Follows changes of the configuration, whoever makes them.
	 * @param listener told the name of an application some property of which has changed,
	 * on ZooKeeper's event thread, which it must not block
	 * @return ends it
	 */
	public Subscription onChange(Consumer<String> listener) {
		return this.values.subscribe((event) -> changes(event).stream()
			.map(ConfigTree::path)
			.filter((path) -> path.length() > root().length() + 1)
			.map((path) -> path.substring(root().length() + 1).split("/", -1)[0])
			.distinct()
			.forEach(listener));
	}

	private static List<NodeChange> changes(MirrorEvent event) {
		if (event instanceof MirrorEvent.Synced synced) {
			return synced.changes();
		}
		return (event instanceof MirrorEvent.Changed changed) ? List.of(changed.change()) : List.of();
	}

	private static String path(NodeChange change) {
		if (change instanceof NodeChange.Created created) {
			return created.node().path();
		}
		return ((change instanceof NodeChange.Updated updated) ? updated.after() : ((NodeChange.Deleted) change).node())
			.path();
	}

	String root() {
		return this.values.root();
	}

	/**
	 * Waits until what is known here includes all that was written before, whichever
	 * replica wrote it: the member catches up, and its events come before its next
	 * answers on the same handle. Where the ensemble is away what is known here stays.
	 */
	CompletableFuture<Void> caughtUp() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		ZooKeeper handle = this.values.handle();
		if (handle == null || this.records.handle() != handle) {
			done.completeExceptionally(new KeeperException.ConnectionLossException());
			return done;
		}
		handle.sync("/", (rc, path, context) -> {
			if (rc != Code.OK.intValue()) {
				done.completeExceptionally(KeeperException.create(Code.get(rc)));
				return;
			}
			// Behind the reads of what the mirrors have just been told of.
			handle.exists(root(), false, (code, p, c, stat) -> done.complete(null), null);
		}, null);
		return done;
	}

	ApplicationsView applications() {
		Snapshot snapshot = loaded();
		List<ApplicationsView.Application> applications = snapshot.children(root())
			.stream()
			.map((node) -> new ApplicationsView.Application(node.name(), nodes(snapshot, node.path()).size()))
			.filter((application) -> application.properties() > 0)
			.toList();
		return new ApplicationsView(Long.toString(snapshot.revision()), this.values.stale(), age(), applications);
	}

	ApplicationView application(String application) {
		Snapshot snapshot = loaded();
		SortedMap<String, PropertyView> properties = new TreeMap<>();
		nodes(snapshot, root() + "/" + application).forEach((key, node) -> {
			PropertyVersion version = found(node, recorded(new PropertyKey(application, key)));
			properties.put(key, new PropertyView(text(node), version.version(), version.by(), version.at()));
		});
		return new ApplicationView(Long.toString(snapshot.revision()), this.values.stale(), age(), application,
				properties);
	}

	VersionsView versions(PropertyKey key) {
		List<PropertyVersion> versions = new ArrayList<>(recorded(key));
		Node node = nodes(loaded(), root() + "/" + key.application()).get(key.key());
		if (node != null) {
			PropertyVersion current = found(node, versions);
			versions.removeIf((version) -> version.version().equals(current.version()));
			versions.add(current);
		}
		if (versions.isEmpty()) {
			throw new NoSuchPropertyException(key);
		}
		versions
			.sort(Comparator.comparingLong((PropertyVersion version) -> Long.parseLong(version.version())).reversed());
		return new VersionsView(key.application(), key.key(), this.values.stale(), List.copyOf(versions));
	}

	/** Where a property stands, or is to stand. */
	String pathOf(PropertyKey key) {
		Node node = nodes(this.values.snapshot(), root() + "/" + key.application()).get(key.key());
		return (node != null) ? node.path() : root() + "/" + key.application() + "/" + key.key();
	}

	/** Whether Roster wrote the value that a znode has. */
	boolean isRecorded(PropertyKey key, Stat stat) {
		String version = Long.toString(stat.getMzxid());
		return recorded(key).stream().anyMatch((each) -> each.version().equals(version));
	}

	private long age() {
		return this.values.age().toMillis();
	}

	private Snapshot loaded() {
		Snapshot snapshot = this.values.snapshot();
		if (!snapshot.loaded() || !this.records.snapshot().loaded()) {
			throw new NotReadYetException(this.values.refusal());
		}
		return snapshot;
	}

	/** The properties below a context, by name. */
	private static SortedMap<String, Node> nodes(Snapshot snapshot, String context) {
		SortedMap<String, Node> nodes = new TreeMap<>();
		collect(snapshot, context, context.length() + 1, nodes);
		return nodes;
	}

	private static void collect(Snapshot snapshot, String path, int prefix, Map<String, Node> nodes) {
		for (Node node : snapshot.children(path)) {
			Collection<Node> children = snapshot.children(node.path());
			byte[] data = node.data();
			if (children.isEmpty() || (data != null && data.length > 0)) {
				// A znode of the very name goes before one in folders.
				nodes.merge(node.path().substring(prefix).replace('/', '.'), node,
						(one, other) -> (one.path().indexOf('/', prefix) < 0) ? one : other);
			}
			collect(snapshot, node.path(), prefix, nodes);
		}
	}

	private static PropertyVersion found(Node node, List<PropertyVersion> recorded) {
		Stat stat = Objects.requireNonNullElseGet(node.stat(), Stat::new);
		String version = Long.toString(stat.getMzxid());
		String by = recorded.stream()
			.filter((each) -> each.version().equals(version) && each.by() != null)
			.map(PropertyVersion::by)
			.findFirst()
			.orElse(null);
		return new PropertyVersion(version, text(node), by, Instant.ofEpochMilli(stat.getMtime()), true);
	}

	private static String text(Node node) {
		byte[] data = node.data();
		return (data != null) ? new String(data, StandardCharsets.UTF_8) : "";
	}

	/** What is recorded of a property, the oldest first. */
	private List<PropertyVersion> recorded(PropertyKey key) {
		Map<String, PropertyVersion> versions = new TreeMap<>(Comparator.comparingLong(Long::parseLong));
		for (Node node : this.records.snapshot().children(recordsOf(key))) {
			PropertyVersion version = parse(node);
			if (version != null) {
				versions.merge(version.version(), version, (one, other) -> (one.by() != null) ? one : other);
			}
		}
		return List.copyOf(versions.values());
	}

	static String recordsOf(PropertyKey key) {
		return RECORDS + "/" + key.application() + "/" + key.key();
	}

	private @Nullable PropertyVersion parse(Node node) {
		byte[] data = node.data();
		Stat stat = node.stat();
		if (data == null || stat == null) {
			return null;
		}
		try {
			ConfigRecord entry = this.json.readValue(data, ConfigRecord.class);
			String version = (entry.version() != null) ? entry.version() : Long.toString(node.czxid());
			long at = (entry.at() != null) ? entry.at() : stat.getCtime();
			return new PropertyVersion(Long.toString(Long.parseLong(version)), entry.value(), entry.by(),
					Instant.ofEpochMilli(at), false);
		}
		catch (JacksonException | NumberFormatException ex) {
			log.debug("{} is no record of a version", node.path(), ex);
			return null;
		}
	}

	@PreDestroy
	void close() {
		this.values.close();
		this.records.close();
	}

}
