package io.roster.discovery;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An instance in a {@link SnapshotFile}. Anything may be missing in what is read.
 */
record StoredInstance(@Nullable String id, @Nullable String service, @Nullable Integer sequence, @Nullable String path,
		@Nullable String address, @Nullable Integer port, boolean secure, @Nullable InstanceStatus status,
		@Nullable Map<String, String> metadata, @Nullable Long registeredAt, @Nullable Layout layout, long czxid,
		long revision, @Nullable String registrationId) {

	static StoredInstance of(Member member) {
		Instance of = member.instance();
		Instant registeredAt = of.registeredAt();
		return new StoredInstance(of.id(), of.name(), of.sequence(), of.path(), of.address(), of.port(), of.secure(),
				of.status(), of.metadata(), (registeredAt != null) ? registeredAt.toEpochMilli() : null, of.layout(),
				of.czxid(), member.revision(), member.registrationId());
	}

	/**
	 * The member that was stored; one that was a suspect may still be there.
	 * @throws RuntimeException if no instance can be so
	 */
	Member member() {
		InstanceData data = new InstanceData(this.address, this.port, this.secure, required(this.status),
				required(this.metadata));
		Instance instance = new Instance(required(this.id), required(this.service), this.sequence, required(this.path),
				data.address(), data.port(), data.secure(), data.status(), data.metadata(),
				(this.registeredAt != null) ? Instant.ofEpochMilli(this.registeredAt) : null, required(this.layout),
				this.czxid, false);
		return new Member(instance, this.revision, this.registrationId);
	}

	private static <T> T required(@Nullable T value) {
		return Objects.requireNonNull(value, "something is missing");
	}

}
