package io.roster.coordination;

import java.util.function.LongSupplier;

import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, once until it can, why a mirror cannot read its subtree, and makes it wait.
 * Guarded by the mirror's lock, but for {@link #refusal()}.
 */
final class Complaints {

	private static final Logger logger = LoggerFactory.getLogger(SubtreeMirror.class);

	private final String root;

	private final ZnodeAccess access;

	private final Backoff backoff;

	private volatile @Nullable String refusal;

	Complaints(String root, ZnodeAccess access, LongSupplier ticker) {
		this.root = root;
		this.access = access;
		this.backoff = new Backoff(ticker);
	}

	boolean mayTryAgain() {
		return this.backoff.isOver();
	}

	@Nullable String refusal() {
		return this.refusal;
	}

	/** The subtree has been read. */
	void over() {
		this.backoff.succeeded();
		if (this.refusal != null) {
			logger.info("{} may be read now", this.root);
			this.refusal = null;
		}
	}

	void connectionLost() {
		this.backoff.failed(true);
	}

	void failed(Code code) {
		if (code == Code.NOAUTH) {
			refused();
			return;
		}
		this.backoff.failed(false);
		if (this.backoff.isFirst()) {
			logger.warn("{} cannot be mirrored: the ensemble answers {}. Trying again until it can", this.root, code);
		}
	}

	private void refused() {
		this.backoff.refused();
		if (this.refusal == null) {
			this.refusal = this.access.refusalOf(this.root);
			logger.warn("{}. Going on with the last good state, and trying again every few seconds", this.refusal);
		}
	}

	void tooManyChildren(String path, int children, int buffer) {
		this.backoff.hopeless();
		if (this.backoff.isFirst()) {
			logger.error("The {} children of {} cannot be listed: the answer seems to be larger than this client's "
					+ "jute.maxbuffer of {} bytes. Raise the system property jute.maxbuffer here and on the servers, "
					+ "or keep fewer nodes there. Trying again, ever more slowly", children, path, buffer);
		}
	}

}
