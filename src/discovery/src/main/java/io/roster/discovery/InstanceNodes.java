package io.roster.discovery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.roster.coordination.Node;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the znodes of instances, for those who look at the nodes themselves and
 * not at the lists of a {@link Directory}. Immutable; blocks nowhere.
 */
public final class InstanceNodes {

	private final Layouts layouts;

	/**
	 * Looks below the roots of the two layouts.
	 * @param root the root of the sequential layout
	 * @param curatorRoot the root of Curator's layout, {@code null} if that is not read
	 */
	public InstanceNodes(String root, @Nullable String curatorRoot) {
		this.layouts = new Layouts(root, curatorRoot);
	}

	/**
	 * Reads a node.
	 * @param node a node of a mirror with data
	 * @return the instance; empty if the node is none, such as a root
	 */
	public Optional<Instance> read(Node node) {
		return Optional.ofNullable(this.layouts.member(node)).map(Member::instance);
	}

	/**
	 * Reads which registration has written a node.
	 * @param data what stands in the node
	 * @return the id that it was written with; empty if there is none
	 */
	public static Optional<String> registrationId(byte[] data) {
		return InstanceFormat.registrationId(data);
	}

	/**
	 * Writes what stands in the node of an instance: JSON that Curator's
	 * {@code JsonInstanceSerializer} and Spring Cloud ZooKeeper read.
	 * @param service the service
	 * @param registrationId tells this registration from all others
	 * @param since when it was asked for
	 * @param data what the instance says about itself
	 * @return the data for the node
	 * @throws InstanceTooLargeException if it is too large
	 */
	public static byte[] write(String service, String registrationId, Instant since, InstanceData data) {
		return InstanceFormat.write(service, registrationId, since, data);
	}

	/**
	 * The last word of an instance that leaves in good order: what stands there, with the
	 * status DRAINING. Written in the transaction that deletes the node, it tells the
	 * consumers that nobody need doubt the loss.
	 * @param data what stands in the node
	 * @return the last word; the data itself where it has no place for a status
	 */
	public static byte[] lastWord(byte[] data) {
		try {
			return InstanceFormat.edit(data, new InstanceEdit(InstanceStatus.DRAINING, Map.of()));
		}
		catch (IllegalArgumentException ex) {
			// Of another form, or as large as can be: any write is a last word.
			return data;
		}
	}

}
