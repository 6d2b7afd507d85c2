package io.roster.ensemble;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Waits for a quorum by asking the members. Each look is bounded, so the whole wait ends
 * at most one look after its bound.
 */
final class QuorumWait {

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration PAUSE = Duration.ofMillis(25);

	private final List<MemberAddress> members;

	private final @Nullable MemberAddress serving;

	/**
	 * A wait for a quorum.
	 * @param members the members to ask
	 * @param serving the one that must serve clients too, or null if any majority will do
	 */
	QuorumWait(List<MemberAddress> members, @Nullable MemberAddress serving) {
		this.members = members;
		this.serving = serving;
	}

	/**
	 * The wait of one member: for its ensemble and for itself.
	 * @param config the member
	 * @return the wait
	 */
	static QuorumWait of(MemberConfig config) {
		MemberAddress self = config.reachableClient();
		List<MemberAddress> members = new ArrayList<>();
		config.servers().forEach((server) -> {
			MemberAddress client = (server.id() == config.id()) ? self : server.reachableClient();
			if (client != null) {
				members.add(client);
			}
		});
		return new QuorumWait(members.isEmpty() ? List.of(self) : members, self);
	}

	void await(Duration bound) throws InterruptedException {
		long deadline = System.nanoTime() + bound.toNanos();
		EnsembleStatus status = look();
		while (!isReached(status)) {
			if (System.nanoTime() - deadline >= 0) {
				throw new QuorumTimeoutException(
						(status.quorum() ? this.serving + " has not joined the quorum after " : "No quorum after ")
								+ readable(bound) + ": " + status.describe(),
						status);
			}
			Thread.sleep(PAUSE.toMillis());
			status = look();
		}
	}

	private EnsembleStatus look() {
		return EnsembleStatus.of(this.members, LOOK);
	}

	private boolean isReached(EnsembleStatus status) {
		return status.quorum() && (this.serving == null || status.members()
			.stream()
			.anyMatch((member) -> member.isServing() && member.address().equals(this.serving)));
	}

	private static String readable(Duration bound) {
		return (bound.toMillis() % 1000 == 0) ? bound.toSeconds() + " s" : bound.toMillis() + " ms";
	}

}
