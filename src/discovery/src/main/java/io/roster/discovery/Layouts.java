package io.roster.discovery;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes are instances, and of which service, in the two layouts: those directly
 * below the first root, and those two levels below Curator's. The roots may be the same,
 * and one may stand below the other: then each node belongs to one layout at most, and
 * the roots and what leads to them to none.
 *
 * @param root the root of the sequential layout
 * @param curatorRoot the root of Curator's layout, {@code null} if that is not read
 */
record Layouts(String root, @Nullable String curatorRoot) {

	/** {@code EphemeralType.CONTAINER_EPHEMERAL_OWNER}: nobody's session. */
	private static final long CONTAINER = Long.MIN_VALUE;

	/**
	 * Reads a path without its node.
	 * @param path an absolute path
	 * @return where an instance may stand, {@code null} if none may
	 */
	@Nullable Place place(String path) {
		if (leadsTo(path, this.root) || (this.curatorRoot != null && leadsTo(path, this.curatorRoot))) {
			return null;
		}
		int below = below(this.root, path);
		if (below >= 0 && path.indexOf('/', below) < 0) {
			NodeName name = NodeName.parse(path.substring(below));
			return new Place(Layout.SEQUENTIAL, name.service(), name.sequence());
		}
		return (this.curatorRoot != null && (below < 0 || leadsTo(this.root, this.curatorRoot)))
				? curatorPlace(this.curatorRoot, path) : null;
	}

	private @Nullable Place curatorPlace(String above, String path) {
		int service = below(above, path);
		int id = (service >= 0) ? path.indexOf('/', service) + 1 : 0;
		if (id == 0 || path.indexOf('/', id) >= 0) {
			return null;
		}
		String name = path.substring(service, id - 1);
		boolean isInstance = sameRoot() && NodeName.parse(name).sequence() != null;
		return isInstance ? null : new Place(Layout.CURATOR, name, null);
	}

	/**
	 * Reads a node.
	 * @param node a node of a mirror with data
	 * @return the member; {@code null} if the node is none
	 */
	@Nullable Member member(Node node) {
		Place place = place(node.path());
		if (place == null) {
			return null;
		}
		InstanceContent content = (node.data() != null) ? InstanceFormat.content(node.data()) : InstanceContent.NONE;
		boolean folder = content.data().address() == null && mayBeFolder(place) && belongsToNoSession(node);
		return folder ? null : Member.of(node, place, content);
	}

	/** That of a service in Curator's layout, or of a part of a longer name. */
	private boolean mayBeFolder(Place place) {
		return place.layout() == Layout.CURATOR || (sameRoot() && place.sequence() == null);
	}

	private static boolean belongsToNoSession(Node node) {
		Stat stat = node.stat();
		return stat != null && (stat.getEphemeralOwner() == 0 || stat.getEphemeralOwner() == CONTAINER);
	}

	private boolean sameRoot() {
		return this.root.equals(this.curatorRoot);
	}

	private static boolean leadsTo(String path, String root) {
		return root.equals(path) || below(path, root) >= 0;
	}

	/** Where the rest of a path begins, or -1 if it is not below another. */
	private static int below(String above, String path) {
		int start = above.equals("/") ? 1 : above.length() + 1;
		return (path.length() > start && path.startsWith(above) && path.charAt(start - 1) == '/') ? start : -1;
	}

	/**
	 * Where an instance stands.
	 *
	 * @param layout the layout
	 * @param service the service
	 * @param sequence the number in the node's name, if it has one
	 */
	record Place(Layout layout, String service, @Nullable Integer sequence) {
	}

}
