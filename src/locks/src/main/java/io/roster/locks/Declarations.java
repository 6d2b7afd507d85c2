package io.roster.locks;

import java.util.function.Consumer;

import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares what a lock is. A lock's own znode is written once, when it is made: another
 * kind is another znode, made in the transaction that deletes the empty one, so that a
 * place can never stand in a queue whose kind changes under it. Confined to the replica's
 * {@link Serial}.
 */
final class Declarations {

	private static final Logger log = LoggerFactory.getLogger(Declarations.class);

	private static final int TRIES = 5;

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
	void declare(String lock, LockKind kind, Call<DeclareResult> call) {
		declare(lock, kind, call, TRIES);
	}

	private void declare(String lock, LockKind kind, Call<DeclareResult> call, int tries) {
		Operations operations = this.replica.operations();
		String path = this.replica.queues().path(lock);
		LockConfig wanted = new LockConfig(kind);
		if (call.ended()) {
			return;
		}
		operations.sync((synced) -> operations.read(path, (read) -> {
			Stat stat = read.stat();
			if (read.done() && stat != null && LockConfig.parse(read.data()).equals(wanted)) {
				call.end(this.replica.serial(), new DeclareResult.Declared(kind));
			}
			else if (read.done() && stat != null) {
				operations.recreateLock(path, stat.getVersion(), wanted,
						(answer) -> written(lock, kind, call, answer, tries));
			}
			else if (read.noNode()) {
				operations.createLock(path, wanted, (answer) -> written(lock, kind, call, answer, tries));
			}
			else {
				fail(call, read);
			}
		}));
	}

	private void written(String lock, LockKind kind, Call<DeclareResult> call, Answer answer, int tries) {
		if (answer.done()) {
			log.info("Lock {} was declared a {}", lock, kind);
			call.end(this.replica.serial(), new DeclareResult.Declared(kind));
		}
		else if (answer.code() == Code.NOTEMPTY) {
			LockQueue queue = this.replica.queues().find(lock);
			call.end(this.replica.serial(), new DeclareResult.InUse((queue != null) ? queue.kind() : LockKind.MUTEX));
		}
		else if (!answer.lost() && tries > 1) {
			// Somebody else has made or removed it in between.
			declare(lock, kind, call, tries - 1);
		}
		else {
			fail(call, answer);
		}
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
