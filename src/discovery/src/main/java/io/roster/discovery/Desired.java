package io.roster.discovery;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to stand in the nodes of one registration: what the application says of itself,
 * and above it what an operator has said in one of the nodes. Confined to the registrar's
 * thread, but for {@link #effective()}.
 */
final class Desired {

	private static final Logger log = LoggerFactory.getLogger(Desired.class);

	private final InstanceWriter writer;

	private final List<Runnable> followers = new ArrayList<>();

	private InstanceData own;

	private OperatorOverride override = OperatorOverride.NONE;

	private volatile InstanceData effective;

	private byte[] bytes;

	Desired(InstanceWriter writer, InstanceData own) {
		this.writer = writer;
		this.own = own;
		this.effective = own;
		this.bytes = writer.write(own);
	}

	/** Called when an operator has said something. */
	void follow(Runnable follower) {
		this.followers.add(follower);
	}

	/** Of any thread. */
	InstanceData effective() {
		return this.effective;
	}

	byte[] bytes() {
		return this.bytes;
	}

	void own(InstanceData data) {
		this.own = data;
		write();
	}

	/**
	 * Somebody else has written into a node.
	 * @param path the node
	 * @param stood what stood there before
	 * @param shown what stands there now
	 */
	void overridden(String path, InstanceData stood, InstanceData shown) {
		OperatorOverride after = this.override.after(stood, shown, this.own);
		if (after.equals(this.override)) {
			return;
		}
		if (after.status() != this.override.status()) {
			log.info(
					(after.status() != null) ? "somebody else set {} to {}: kept until UP is set there"
							: "somebody else set {} to {}: the application's own status counts again",
					path, shown.status());
		}
		this.override = after;
		write();
		this.followers.forEach(Runnable::run);
	}

	private void write() {
		InstanceData data = this.override.over(this.own);
		try {
			this.bytes = this.writer.write(data);
		}
		catch (IllegalArgumentException | UncheckedIOException ex) {
			log.warn("the metadata that somebody else set for {} is dropped, because it cannot be written together "
					+ "with the application's own", this.writer.service(), ex);
			this.override = this.override.withoutMetadata();
			data = this.override.over(this.own);
			this.bytes = this.writer.write(data);
		}
		this.effective = data;
	}

}
