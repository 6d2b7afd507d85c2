package io.roster.locks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The strongly connected components of a directed graph: Tarjan's algorithm ("Depth-first
 * search and linear graph algorithms", 1972) without recursion, because a queue of ten
 * thousand makes a path of ten thousand. Linear in nodes and edges.
 */
final class Components {

	private static final int NOT_SEEN = -1;

	private final int[][] edges;

	private final int[] index;

	private final int[] low;

	private final boolean[] open;

	/** The next edge of each node on the path. */
	private final int[] next;

	private final int[] path;

	private final int[] stack;

	private final List<int[]> found = new ArrayList<>();

	private int depth;

	private int stacked;

	private int seen;

	private Components(int[][] edges) {
		this.edges = edges;
		this.index = new int[edges.length];
		Arrays.fill(this.index, NOT_SEEN);
		this.low = new int[edges.length];
		this.open = new boolean[edges.length];
		this.next = new int[edges.length];
		this.path = new int[edges.length];
		this.stack = new int[edges.length];
	}

	/**
	 * Finds them.
	 * @param edges the targets of each node
	 * @return the nodes of each component that has more than one
	 */
	static List<int[]> of(int[][] edges) {
		Components components = new Components(edges);
		for (int node = 0; node < edges.length; node++) {
			if (components.index[node] == NOT_SEEN) {
				components.search(node);
			}
		}
		return components.found;
	}

	private void search(int root) {
		enter(root);
		while (this.depth > 0) {
			int node = this.path[this.depth - 1];
			if (this.next[node] == this.edges[node].length) {
				leave(node);
				continue;
			}
			int target = this.edges[node][this.next[node]++];
			if (this.index[target] == NOT_SEEN) {
				enter(target);
			}
			else if (this.open[target]) {
				this.low[node] = Math.min(this.low[node], this.index[target]);
			}
		}
	}

	private void enter(int node) {
		this.index[node] = this.seen;
		this.low[node] = this.seen;
		this.seen++;
		this.open[node] = true;
		this.path[this.depth++] = node;
		this.stack[this.stacked++] = node;
	}

	private void leave(int node) {
		this.depth--;
		if (this.depth > 0) {
			int before = this.path[this.depth - 1];
			this.low[before] = Math.min(this.low[before], this.low[node]);
		}
		if (this.low[node] == this.index[node]) {
			int end = this.stacked;
			do {
				this.open[this.stack[--this.stacked]] = false;
			}
			while (this.stack[this.stacked] != node);
			if (end - this.stacked > 1) {
				this.found.add(Arrays.copyOfRange(this.stack, this.stacked, end));
			}
		}
	}

}
