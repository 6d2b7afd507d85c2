package io.roster.registry.ensemble;

import io.roster.ensemble.MemberStatus;
import org.jspecify.annotations.Nullable;

/**
 * A member as the API shows it. What an unreachable one would say is {@code null}.
 *
 * @param id its id
 * @param address where it was asked
 * @param role leader, follower, observer, standalone or unreachable
 * @param epoch the epoch of its last transaction
 * @param zxid its last transaction, as a decimal number
 * @param version ZooKeeper's version
 * @param connections its open client connections
 * @param latencyMs the average time in milliseconds that its requests took
 */
public record MemberView(@Nullable Integer id, String address, String role, @Nullable Long epoch, @Nullable String zxid,
		@Nullable String version, @Nullable Integer connections, @Nullable Double latencyMs) {

	static MemberView of(MemberStatus member) {
		Long zxid = member.zxid();
		return new MemberView(member.id(), member.address().toString(), member.role().text(), member.epoch(),
				(zxid != null) ? zxid.toString() : null, member.version(), member.connections(), member.latencyMs());
	}

}
