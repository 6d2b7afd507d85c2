package io.roster.locks;

import java.util.List;
import java.util.function.Consumer;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares what a lock is. A lock's own znode is written when it is made: another kind,
 * or fewer permits, is another znode, made in the transaction that deletes the empty one,
 * so that a place can never stand in a queue whose kind changes under it. More permits
 * are given in place. Confined to the replica's {@link Serial}.
 */
final class Declarations {

	private static final Logger log = LoggerFactory.getLogger(Declarations.class);

	/** A raise needs a place that stays for a round trip. */
	private static final int TRIES = 20;

	private final Replica replica;

	Declarations(Replica replica) {
		this.replica = replica;
	}

	/** Reads what a lock's own znode declares. */
	void read(LockQueue queue, Consumer<Answer> then) {
		this.replica.operations().read(this.replica.queues().path(queue.lock()), (answer) -> {
			Stat stat = answer.stat();
			if (answer.done() && stat != null) {
				queue.configured(stat.getCzxid(), LockConfig.parse(answer.data()));
			}
			else if (answer.noNode()) {
				queue.notConfigured();
			}
			then.accept(answer);
		});
	}

	/** Repeated by its caller, it finds what it has done. */
	void declare(String lock, LockConfig wanted, Call<DeclareResult> call) {
		declare(lock, wanted, call, TRIES);
	}

	private void declare(String lock, LockConfig wanted, Call<DeclareResult> call, int tries) {
		Operations operations = this.replica.operations();
		String path = this.replica.queues().path(lock);
		Consumer<Answer> then = (answer) -> written(lock, wanted, call, answer, tries);
		if (call.ended()) {
			return;
		}
		operations.sync((synced) -> operations.read(path, (read) -> {
			Stat stat = read.stat();
			LockConfig stands = LockConfig.parse(read.data());
			QueueNode witness = witness(lock);
			if (read.done() && stat != null && stands.equals(wanted)) {
				call.end(this.replica.serial(), new DeclareResult.Declared(kind(wanted), wanted.places()));
			}
			else if (read.done() && stat != null && witness != null && wanted.raises(stands)) {
				raise(path, witness, wanted, stat, then);
			}
			else if (read.done() && stat != null) {
				operations.recreateLock(path, stat.getVersion(), wanted, then);
			}
			else if (read.noNode()) {
				operations.createLock(path, wanted, then);
			}
			else {
				fail(call, read);
			}
		}));
	}

	/** The youngest place: it is the likeliest to be there still. */
	private @Nullable QueueNode witness(String lock) {
		LockQueue queue = this.replica.queues().find(lock);
		return (queue != null) ? queue.last() : null;
	}

	/**
	 * Gives a semaphore more permits in place. A version alone does not tell a znode from
	 * one that was made later under its path, perhaps as a mutex. But a place that stood
	 * in the queue when the znode was read, and stands there still, says that it is the
	 * same: what is not empty cannot be deleted, and no place is made twice.
	 */
	private void raise(String path, QueueNode witness, LockConfig wanted, Stat read, Consumer<Answer> then) {
		List<Op> ops = List.of(Op.check(witness.path(), Operations.ANY),
				Op.setData(path, wanted.bytes(), read.getVersion()));
		this.replica.operations().transact(path, ops, then);
	}

	private void written(String lock, LockConfig wanted, Call<DeclareResult> call, Answer answer, int tries) {
		if (answer.done()) {
			log.info("Lock {} was declared a {} of {}", lock, wanted.kind(), wanted.places());
			call.end(this.replica.serial(), new DeclareResult.Declared(kind(wanted), wanted.places()));
		}
		else if (answer.code() == Code.NOTEMPTY) {
			inUse(lock, call);
		}
		else if (!answer.lost() && tries > 1) {
			// Somebody else has made, removed or written to it in between.
			declare(lock, wanted, call, tries - 1);
		}
		else {
			fail(call, answer);
		}
	}

	private void inUse(String lock, Call<DeclareResult> call) {
		LockQueue queue = this.replica.queues().find(lock);
		if (queue == null) {
			call.end(this.replica.serial(), new DeclareResult.InUse(LockKind.MUTEX, 1));
			return;
		}
		read(queue, (answer) -> {
			if (!call.ended()) {
				call.end(this.replica.serial(), new DeclareResult.InUse(queue.kind(), queue.permits()));
			}
		});
	}

	private static LockKind kind(LockConfig config) {
		return (config.kind() != null) ? config.kind() : LockKind.MUTEX;
	}

	private void fail(Call<?> call, Answer answer) {
		call.fail(this.replica.serial(), answer.lost() ? this.replica.unavailable("the ensemble could not be asked")
				: this.replica.operations().failure(answer, "the ensemble refuses the declaration"));
	}

	/**
	 * The sequence counter of a queue is a signed 32-bit number: an empty queue whose
	 * counter is high starts over. Any replica may do it; a queue that is not empty any
	 * more is left alone.
	 */
	void startOver(LockQueue queue) {
		LockConfig config = queue.config();
		if (config == null) {
			read(queue, (answer) -> startOver(queue, queue.config()));
		}
		else {
			startOver(queue, config);
		}
	}

	private void startOver(LockQueue queue, @Nullable LockConfig config) {
		if (config != null && queue.isEmpty()) {
			String path = this.replica.queues().path(queue.lock());
			this.replica.operations().recreateLock(path, Operations.ANY, config, (answer) -> {
				if (answer.done()) {
					log.info("The sequence numbers of lock {} start over", queue.lock());
				}
			});
		}
	}

}
