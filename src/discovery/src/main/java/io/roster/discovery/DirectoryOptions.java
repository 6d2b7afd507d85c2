package io.roster.discovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

import io.roster.coordination.Mirror;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Directory} reads besides its first mirror, and how it doubts and
 * remembers; immutable.
 *
 * @param curator a mirror with data of the root of Curator's layout,
 * {@code /services/<service>/<id>}; {@code null} if that layout is not read. Its root may
 * be missing, and may be the same as the other root, above or below it. Closing the
 * directory leaves it open
 * @param suspectGrace how long an instance whose loss is doubted stays in the lists; zero
 * for no doubts
 * @param snapshotFile where the last good lists are kept over a restart; {@code null} for
 * nowhere
 * @param ticker nanoseconds of a monotonic clock
 */
public record DirectoryOptions(@Nullable Mirror curator, Duration suspectGrace, @Nullable Path snapshotFile,
		LongSupplier ticker) {

	/** How long a doubted instance stays, unless somebody says otherwise. */
	public static final Duration SUSPECT_GRACE = Duration.ofSeconds(30);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if the grace period is negative
	 */
	public DirectoryOptions {
		Objects.requireNonNull(ticker);
		if (suspectGrace.isNegative()) {
			throw new IllegalArgumentException("the grace period must be zero or longer, not " + suspectGrace);
		}
	}

	/**
	 * The sequential layout alone, doubts for {@link #SUSPECT_GRACE}, nothing on disk,
	 * and the JVM's monotonic clock.
	 * @return the options
	 */
	public static DirectoryOptions defaults() {
		return new DirectoryOptions(null, SUSPECT_GRACE, null, System::nanoTime);
	}

	/**
	 * The same with Curator's layout.
	 * @param curator a mirror with data of its root; {@code null} if it is not read
	 * @return the options
	 */
	public DirectoryOptions withCurator(@Nullable Mirror curator) {
		return new DirectoryOptions(curator, this.suspectGrace, this.snapshotFile, this.ticker);
	}

	/**
	 * The same with another grace period.
	 * @param suspectGrace how long a doubted instance stays
	 * @return the options
	 */
	public DirectoryOptions withSuspectGrace(Duration suspectGrace) {
		return new DirectoryOptions(this.curator, suspectGrace, this.snapshotFile, this.ticker);
	}

	/**
	 * The same with a file.
	 * @param snapshotFile where the last good lists are kept; {@code null} for nowhere
	 * @return the options
	 */
	public DirectoryOptions withSnapshotFile(@Nullable Path snapshotFile) {
		return new DirectoryOptions(this.curator, this.suspectGrace, snapshotFile, this.ticker);
	}

	/**
	 * The same with another clock.
	 * @param ticker nanoseconds of a monotonic clock
	 * @return the options
	 */
	public DirectoryOptions withTicker(LongSupplier ticker) {
		return new DirectoryOptions(this.curator, this.suspectGrace, this.snapshotFile, ticker);
	}

}
