package io.roster.discovery;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time, answered on the registrar's thread.
 * <p>
 * When a call's answer is lost, nothing is sent before the mirror has been read again on
 * the same session: that read follows a {@code sync}, and the ensemble refuses what the
 * connection before still had on its way (SessionMovedException), so the outcome is then
 * settled. A new session settles it too: whatever the old one created goes with it.
 */
final class CallLine {

	private final RegistrarThread thread;

	private final Runnable next;

	/** The call that has not been answered. */
	private @Nullable Sent inFlight;

	/** The call whose answer was lost. */
	private @Nullable Sent lost;

	/**
	 * An empty line.
	 * @param thread where answers are taken
	 * @param next what to do after each answer
	 */
	CallLine(RegistrarThread thread, Runnable next) {
		this.thread = thread;
		this.next = next;
	}

	boolean idle() {
		return this.inFlight == null && this.lost == null;
	}

	void send(ZooKeeper handle, BiConsumer<ZooKeeper, Consumer<Answer>> call, Consumer<Answer> then) {
		Sent mine = new Sent(handle.getSessionId());
		this.inFlight = mine;
		call.accept(handle, (answer) -> this.thread.run(() -> answered(mine, answer, then)));
	}

	private void answered(Sent mine, Answer answer, Consumer<Answer> then) {
		if (this.inFlight != mine) {
			return;
		}
		this.inFlight = null;
		if (answer.unsure()) {
			this.lost = mine;
		}
		else {
			then.accept(answer);
		}
		this.next.run();
	}

	void forgetOtherSessions(long session) {
		if (this.inFlight != null && this.inFlight.session != session) {
			this.inFlight = null;
		}
		if (this.lost != null && this.lost.session != session) {
			this.lost = null;
		}
	}

	/**
	 * The mirror has been read again.
	 * @param session its session
	 * @return whether the answer to a call of this session was lost
	 */
	boolean settle(long session) {
		boolean settled = this.lost != null && this.lost.session == session;
		this.lost = null;
		return settled;
	}

	/** Compared by identity, since two calls of one session are two. */
	private static final class Sent {

		private final long session;

		private Sent(long session) {
			this.session = session;
		}

	}

}
