package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.roster.coordination.Mirror;
import io.roster.coordination.Node;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes together: the ensemble's cost is one proposal, one sync and one commit for
 * each transaction, whatever is in it. A write goes at once while fewer than two sendings
 * are on their way; what comes meanwhile is collected, and goes as the next sending.
 * Confined to the replica's {@link Serial}.
 * <p>
 * A {@link Sending} is one transaction and what must not be in it, right behind it: all
 * nodes of a transaction share one czxid, which is the fencing token, so two creates of
 * one lock never travel in the same one. Requests behind each other cost one sync
 * together, so even they wait for one round trip and not for one each.
 * <p>
 * What this does not change:
 * <ul>
 * <li>Each write has its own answer. A transaction is all or nothing: one that is refused
 * for certain is taken apart, and each of its writes is sent again alone. None of them
 * was done before.
 * <li>Where the connection is lost, each write of the transaction is lost: nobody knows
 * if it was done, and nothing is sent again before the mirror has been read.
 * <li>When the answer comes, the mirror stands exactly at the transaction. It stands also
 * at the other writes of it, but no write of somebody else is among them.
 * <li>The order: the creates of a lock are sent in the order in which they came.
 * </ul>
 */
final class Transactions {

	private static final Logger log = LoggerFactory.getLogger(Transactions.class);

	/** With one alone the ensemble would wait for the next round trip. */
	private static final int ON_THEIR_WAY = 2;

	private final Mirror mirror;

	private final Serial serial;

	private final boolean together;

	private final Deque<Write> collected = new ArrayDeque<>();

	private int onTheirWay;

	/**
	 * For one replica.
	 * @param mirror on whose handle is written
	 * @param serial in which answers are taken
	 * @param together whether writes share transactions at all
	 */
	Transactions(Mirror mirror, Serial serial, boolean together) {
		this.mirror = mirror;
		this.serial = serial;
		this.together = together;
	}

	/** Sends a write now or soon. */
	void send(Write write) {
		if (this.together) {
			this.collected.add(write);
			sendCollected();
		}
		else {
			alone(this.mirror.handle(), write, (answer) -> this.serial.run(() -> write.then().accept(answer)));
		}
	}

	private void sendCollected() {
		while (this.onTheirWay < ON_THEIR_WAY && !this.collected.isEmpty()) {
			this.onTheirWay++;
			Sending sending = Sending.of(this.collected, (lock) -> this.mirror.snapshot().node(lock).isPresent());
			ZooKeeper handle = this.mirror.handle();
			sending.transactions().forEach((writes) -> send(handle, writes, sending));
		}
	}

	private void send(@Nullable ZooKeeper handle, List<Write> writes, Sending sending) {
		if (writes.size() == 1) {
			alone(handle, writes.get(0), sending);
		}
		else if (handle == null) {
			this.serial.run(() -> answered(Code.CONNECTIONLOSS, List.of(), writes, sending));
		}
		else {
			multi(handle, writes, sending);
		}
	}

	private void multi(ZooKeeper handle, List<Write> writes, Sending sending) {
		List<Op> ops = new ArrayList<>(writes.size());
		writes.forEach((write) -> ops.add(write.op()));
		try {
			handle.multi(ops,
					(rc, path, context, results) -> this.serial
						.run(() -> answered(Code.get(rc), (results != null) ? results : List.of(), writes, sending)),
					null);
		}
		catch (RuntimeException ex) {
			// Alone each gets its own answer; one that never came would hold up the rest.
			log.error("A transaction of {} writes could not be sent", writes.size(), ex);
			this.serial.run(() -> answered(Code.SYSTEMERROR, List.of(), writes, sending));
		}
	}

	private void alone(@Nullable ZooKeeper handle, Write write, Sending sending) {
		alone(handle, write, (answer) -> this.serial.run(() -> {
			ended(sending);
			write.then().accept(answer);
		}));
	}

	private static void alone(@Nullable ZooKeeper handle, Write write, Consumer<Answer> answered) {
		if (handle == null) {
			answered.accept(lost(write));
			return;
		}
		try {
			write.send(handle, answered);
		}
		catch (RuntimeException ex) {
			log.error("A write to {} could not be sent", write.path(), ex);
			answered.accept(new Answer(Code.SYSTEMERROR, write.path(), null, null));
		}
	}

	private void answered(Code code, List<OpResult> results, List<Write> writes, Sending sending) {
		boolean done = code == Code.OK && results.size() == writes.size();
		if (!done && !new Answer(code, this.mirror.root(), null, null).lost()) {
			ZooKeeper handle = this.mirror.handle();
			sending.takenApart(writes.size());
			writes.forEach((write) -> alone(handle, write, sending));
			return;
		}
		ended(sending);
		for (int i = 0; i < writes.size(); i++) {
			Write write = writes.get(i);
			Answer answer = done ? write.answer(results.get(i)) : lost(write);
			// Each apart from the others.
			this.serial.run(() -> answer(write, answer));
		}
	}

	/** The next go before the answers are taken, so that the ensemble has work. */
	private void ended(Sending sending) {
		if (sending.isLastAnswer()) {
			this.onTheirWay--;
			sendCollected();
		}
	}

	/**
	 * The result of a create in a transaction has no stat. Its czxid is what the event
	 * said that came before; servers older than 3.9 do not say it, and are asked.
	 */
	private void answer(Write write, Answer answer) {
		if (!answer.done() || !(write instanceof Write.Create)) {
			write.then().accept(answer);
			return;
		}
		Node node = this.mirror.snapshot().node(answer.path()).orElse(null);
		if (node != null && node.czxid() != Node.UNKNOWN) {
			write.then().accept(Write.Create.known(answer, node));
		}
		else {
			ask(write, answer);
		}
	}

	/** A node that is gone again leaves an answer without a stat: it was made. */
	private void ask(Write create, Answer answer) {
		ZooKeeper handle = this.mirror.handle();
		if (handle == null) {
			create.then().accept(lost(create));
			return;
		}
		handle.exists(answer.path(), false, (rc, path, context, stat) -> this.serial.run(() -> {
			Code code = (rc == Code.NONODE.intValue()) ? Code.OK : Code.get(rc);
			create.then().accept(new Answer(code, answer.path(), stat, null));
		}), null);
	}

	private static Answer lost(Write write) {
		return new Answer(Code.CONNECTIONLOSS, write.path(), null, null);
	}

}
