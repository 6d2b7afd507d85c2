package io.roster.coordination;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/**
 * A snapshot in persistent maps: the next one shares all but the changed path with this
 * one, so that a change costs O(log n).
 */
final class TreeSnapshot implements Snapshot {

	private final String root;

	private final boolean loaded;

	private final long revision;

	private final @Nullable Node rootNode;

	/** Parent path to the children by name. Holds no empty map. */
	private final HashPMap<String, TreePMap<String, Node>> children;

	private final int size;

	private TreeSnapshot(String root, boolean loaded, long revision, @Nullable Node rootNode,
			HashPMap<String, TreePMap<String, Node>> children, int size) {
		this.root = root;
		this.loaded = loaded;
		this.revision = revision;
		this.rootNode = rootNode;
		this.children = children;
		this.size = size;
	}

	static TreeSnapshot unread(String root) {
		return new TreeSnapshot(root, false, 0, null, HashTreePMap.empty(), 0);
	}

	static TreeSnapshot of(String root, long revision, Collection<Node> nodes) {
		Node rootNode = null;
		Map<String, TreeMap<String, Node>> byParent = new HashMap<>();
		for (Node node : nodes) {
			if (node.path().equals(root)) {
				rootNode = node;
			}
			else {
				byParent.computeIfAbsent(Paths.parent(node.path()), (parent) -> new TreeMap<>()).put(node.name(), node);
			}
		}
		HashPMap<String, TreePMap<String, Node>> children = HashTreePMap.empty();
		for (Map.Entry<String, TreeMap<String, Node>> entry : byParent.entrySet()) {
			children = children.plus(entry.getKey(), TreePMap.fromSortedMap(entry.getValue()));
		}
		int size = (rootNode != null) ? nodes.size() - 1 : nodes.size();
		return new TreeSnapshot(root, true, revision, rootNode, children, size);
	}

	@Override
	public long revision() {
		return this.revision;
	}

	@Override
	public boolean loaded() {
		return this.loaded;
	}

	@Override
	public Optional<Node> node(String path) {
		return Optional.ofNullable(find(path));
	}

	@Nullable Node find(String path) {
		if (path.equals(this.root)) {
			return this.rootNode;
		}
		if (path.length() < 2) {
			return null;
		}
		TreePMap<String, Node> siblings = this.children.get(Paths.parent(path));
		return (siblings != null) ? siblings.get(Paths.name(path)) : null;
	}

	@Override
	public Collection<Node> children(String path) {
		TreePMap<String, Node> nodes = this.children.get(path);
		return (nodes != null) ? Collections.unmodifiableCollection(nodes.values()) : List.of();
	}

	@Override
	public int size() {
		return this.size;
	}

	/** All nodes, the root included, in no order. */
	Stream<Node> all() {
		return Stream.concat(Stream.ofNullable(this.rootNode),
				this.children.values().stream().flatMap((siblings) -> siblings.values().stream()));
	}

	TreeSnapshot with(Node node) {
		if (node.path().equals(this.root)) {
			return new TreeSnapshot(this.root, this.loaded, this.revision, node, this.children, this.size);
		}
		String parent = Paths.parent(node.path());
		TreePMap<String, Node> siblings = this.children.getOrDefault(parent, TreePMap.empty());
		TreePMap<String, Node> more = siblings.plus(node.name(), node);
		return new TreeSnapshot(this.root, this.loaded, this.revision, this.rootNode, this.children.plus(parent, more),
				this.size + more.size() - siblings.size());
	}

	TreeSnapshot without(String path) {
		if (path.equals(this.root)) {
			return new TreeSnapshot(this.root, this.loaded, this.revision, null, this.children, this.size);
		}
		String parent = Paths.parent(path);
		TreePMap<String, Node> siblings = this.children.getOrDefault(parent, TreePMap.empty());
		TreePMap<String, Node> fewer = siblings.minus(Paths.name(path));
		HashPMap<String, TreePMap<String, Node>> rest = fewer.isEmpty() ? this.children.minus(parent)
				: this.children.plus(parent, fewer);
		return new TreeSnapshot(this.root, this.loaded, this.revision, this.rootNode, rest,
				this.size + fewer.size() - siblings.size());
	}

	TreeSnapshot at(long revision) {
		return new TreeSnapshot(this.root, this.loaded, revision, this.rootNode, this.children, this.size);
	}

	@Override
	public String toString() {
		return "Snapshot of " + this.root + " at " + this.revision + ": "
				+ (this.loaded ? this.size + " nodes" : "unread");
	}

}
