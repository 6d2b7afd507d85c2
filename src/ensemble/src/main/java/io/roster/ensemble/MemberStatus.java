package io.roster.ensemble;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What one member says of itself.
 *
 * @param id its id; null where it does not tell and no other one does
 * @param address where it was asked
 * @param role what it is in the ensemble
 * @param epoch the epoch that it serves in: that of its last zxid, or of the only leader
 * where that is ahead of it; null unless it serves
 * @param zxid its last zxid; null unless it serves
 * @param version ZooKeeper's version; null unless it serves
 * @param connections its open client connections, without the one that asked; null unless
 * it serves
 * @param latencyMs the average time in milliseconds that its requests took since it
 * started; null unless it serves
 * @param problem why the role is {@link Role#UNREACHABLE}, to follow the member's name in
 * a sentence, such as "refuses connections"; null for other roles
 */
public record MemberStatus(@Nullable Integer id, MemberAddress address, Role role, @Nullable Long epoch,
		@Nullable Long zxid, @Nullable String version, @Nullable Integer connections, @Nullable Double latencyMs,
		@Nullable String problem) {

	static final String LOOKING = "answers, but has found no leader";

	static final String HIDING = "answers, but allows neither srvr nor mntr";

	static MemberStatus unreachable(MemberAddress address, String problem) {
		return new MemberStatus(null, address, Role.UNREACHABLE, null, null, null, null, null, problem);
	}

	MemberStatus withId(@Nullable Integer known) {
		return new MemberStatus(known, this.address, this.role, this.epoch, this.zxid, this.version, this.connections,
				this.latencyMs, this.problem);
	}

	MemberStatus withEpoch(long agreed) {
		return new MemberStatus(this.id, this.address, this.role, agreed, this.zxid, this.version, this.connections,
				this.latencyMs, this.problem);
	}

	/**
	 * Whether the member's process answers, though it may serve nobody.
	 * @return false if nothing came back
	 */
	public boolean answers() {
		return this.role != Role.UNREACHABLE || LOOKING.equals(this.problem) || HIDING.equals(this.problem);
	}

	/**
	 * Whether clients get answers from this member.
	 * @return true for every role but {@link Role#UNREACHABLE}
	 */
	public boolean isServing() {
		return this.role != Role.UNREACHABLE;
	}

	String describe() {
		String name = (this.id != null) ? "member " + this.id : "the member";
		return name + " at " + this.address + " " + ((this.problem != null) ? this.problem : "is " + this.role.text());
	}

	/** What a member is in its ensemble. */
	public enum Role {

		/** It orders all writes. */
		LEADER,

		/** It follows the leader and votes. */
		FOLLOWER,

		/** It follows the leader without a vote. */
		OBSERVER,

		/** It is alone. */
		STANDALONE,

		/** It serves nobody: it cannot be reached, or it has found no leader. */
		UNREACHABLE;

		/**
		 * The role as the wire and ZooKeeper name it.
		 * @return the name in lower case
		 */
		public String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
