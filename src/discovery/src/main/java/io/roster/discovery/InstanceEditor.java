package io.roster.discovery;

import java.util.concurrent.CompletableFuture;

import io.roster.coordination.Coordination;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Writes what an operator says into the znodes of instances, whoever has registered them:
 * into the data that stands there, of which all else stays, and only while nobody else
 * has written. Does not wait for answers; safe for use by many threads, but not to be
 * called on the event thread of a handle.
 */
public final class InstanceEditor {

	/** How often somebody else may be first with a write. */
	private static final int TRIES = 10;

	private final Coordination coordination;

	/**
	 * Writes over a connection.
	 * @param coordination the connection
	 */
	public InstanceEditor(Coordination coordination) {
		this.coordination = coordination;
	}

	/**
	 * Changes an instance.
	 * @param instance the instance, as a directory shows it
	 * @param edit what is to be different
	 * @return the instance as it stands then, when the ensemble has committed it;
	 * exceptionally with an {@link IllegalArgumentException} if its data is not what
	 * Roster or Spring Cloud ZooKeeper write, or would become too large, and with a
	 * {@link KeeperException}, such as {@code NoNode} when the instance is gone
	 */
	public CompletableFuture<Instance> edit(Instance instance, InstanceEdit edit) {
		CompletableFuture<Instance> edited = new CompletableFuture<>();
		try {
			edit(this.coordination.client().getZookeeperClient().getZooKeeper(), instance, edit, edited, TRIES);
		}
		catch (Exception ex) {
			edited.completeExceptionally(ex);
		}
		return edited;
	}

	/**
	 * All on one handle: the answers come on its event thread, where another must not be
	 * asked for, because that may wait. When it is replaced meanwhile, its calls fail.
	 */
	private static void edit(ZooKeeper handle, Instance instance, InstanceEdit edit, CompletableFuture<Instance> edited,
			int tries) {
		handle.getData(instance.path(), false, (int rc, String path, Object context, byte[] data, Stat stat) -> {
			if (rc != Code.OK.intValue()) {
				fail(edited, rc, instance);
			}
			else if (instance.czxid() >= 0 && stat.getCzxid() != instance.czxid()) {
				fail(edited, Code.NONODE.intValue(), instance);
			}
			else {
				write(handle, instance, edit, data, stat.getVersion(), edited, tries);
			}
		}, null);
	}

	private static void write(ZooKeeper handle, Instance instance, InstanceEdit edit, byte[] data, int version,
			CompletableFuture<Instance> edited, int tries) {
		byte[] after;
		try {
			after = InstanceFormat.edit(data, edit);
		}
		catch (IllegalArgumentException ex) {
			edited.completeExceptionally(ex);
			return;
		}
		handle.setData(instance.path(), after, version, (rc, path, context, stat) -> {
			if (rc == Code.OK.intValue()) {
				edited.complete(instance.saying(InstanceFormat.read(after)));
			}
			else if (rc == Code.BADVERSION.intValue() && tries > 1) {
				edit(handle, instance, edit, edited, tries - 1);
			}
			else {
				fail(edited, rc, instance);
			}
		}, null);
	}

	private static void fail(CompletableFuture<Instance> edited, int rc, Instance instance) {
		edited.completeExceptionally(KeeperException.create(Code.get(rc), instance.path()));
	}

}
