package io.roster.locks;

import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.Node;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * One write, which is sent alone or as a part of a transaction.
 */
@SuppressWarnings("ArrayRecordComponent") // written once
sealed interface Write {

	/** Of what is named here, or what is to be made. */
	String path();

	/** Takes the answer, inside the {@link Serial}. */
	Consumer<Answer> then();

	/** About how many bytes of a request it takes. */
	int bytes();

	/** As a part of a transaction. */
	Op op();

	/** As a request of its own. */
	void send(ZooKeeper handle, Consumer<Answer> answered);

	/**
	 * The answer to a part of a transaction that was done.
	 * @param result its result
	 * @return the answer; that to a create has no stat
	 */
	default Answer answer(OpResult result) {
		return done((result instanceof OpResult.SetDataResult set) ? set.getStat() : null);
	}

	private Answer done(@Nullable Stat stat) {
		return new Answer(Code.OK, path(), stat, null);
	}

	/** What a request takes besides its path and data. */
	int OVERHEAD = 100;

	/**
	 * Puts a place at the end of a queue.
	 *
	 * @param lock the path of the lock
	 * @param path that of the place, up to the number that the ensemble adds
	 * @param data what stands in it
	 * @param acl who may do what with it
	 * @param then takes the answer
	 */
	record Create(String lock, String path, byte[] data, List<ACL> acl, Consumer<Answer> then) implements Write {

		@Override
		public int bytes() {
			return OVERHEAD + this.path.length() + this.data.length;
		}

		@Override
		public Op op() {
			return Op.create(this.path, this.data, this.acl, CreateMode.PERSISTENT_SEQUENTIAL);
		}

		@Override
		public void send(ZooKeeper handle, Consumer<Answer> answered) {
			handle.create(this.path, this.data, this.acl, CreateMode.PERSISTENT_SEQUENTIAL, (rc, p, context, name,
					stat) -> answered.accept(new Answer(Code.get(rc), (name != null) ? name : this.path, stat, null)),
					null);
		}

		/**
		 * The path of the created node: the result may have the client's root before it.
		 */
		@Override
		public Answer answer(OpResult result) {
			String made = (result instanceof OpResult.CreateResult created) ? created.getPath() : this.path;
			return new Answer(Code.OK, this.lock + made.substring(made.lastIndexOf('/')), null, null);
		}

		/** The answer of {@link #answer} with what the mirror knows of the node. */
		static Answer known(Answer answer, Node node) {
			Stat stat = new Stat();
			stat.setCzxid(node.czxid());
			return new Answer(Code.OK, answer.path(), stat, null);
		}

	}

	/**
	 * Writes to a place.
	 *
	 * @param path the place
	 * @param data what is to stand in it
	 * @param version the version that must stand in it
	 * @param then takes the answer
	 */
	record Update(String path, byte[] data, int version, Consumer<Answer> then) implements Write {

		@Override
		public int bytes() {
			return OVERHEAD + this.path.length() + this.data.length;
		}

		@Override
		public Op op() {
			return Op.setData(this.path, this.data, this.version);
		}

		@Override
		public void send(ZooKeeper handle, Consumer<Answer> answered) {
			handle.setData(this.path, this.data, this.version,
					(rc, p, context, stat) -> answered.accept(new Answer(Code.get(rc), this.path, stat, null)), null);
		}

	}

	/**
	 * Takes a place away.
	 *
	 * @param path the place
	 * @param version the version that must stand in it, or {@link Operations#ANY}
	 * @param then takes the answer
	 */
	record Delete(String path, int version, Consumer<Answer> then) implements Write {

		@Override
		public int bytes() {
			return OVERHEAD + this.path.length();
		}

		@Override
		public Op op() {
			return Op.delete(this.path, this.version);
		}

		@Override
		public void send(ZooKeeper handle, Consumer<Answer> answered) {
			handle.delete(this.path, this.version,
					(rc, p, context) -> answered.accept(new Answer(Code.get(rc), this.path, null, null)), null);
		}

	}

}
