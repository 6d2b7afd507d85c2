package io.roster.discovery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * The last good lists on disk. A file is written beside the old one and then takes its
 * place, so that whoever reads finds a whole one. Every method does I/O.
 */
final class SnapshotFile {

	private static final String FORMAT = "roster-directory-1";

	private static final ObjectMapper MAPPER = new ObjectMapper()
		.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

	private final Path file;

	private final Layouts layouts;

	SnapshotFile(Path file, Layouts layouts) {
		this.file = file.toAbsolutePath();
		this.layouts = layouts;
	}

	Path path() {
		return this.file;
	}

	/**
	 * Reads the file.
	 * @return what it says, {@code null} if there is none
	 * @throws IOException if it cannot be read, or is not such a file of the same roots
	 */
	@Nullable Content read() throws IOException {
		Stored stored;
		try {
			stored = MAPPER.readValue(Files.readAllBytes(this.file), Stored.class);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		if (stored == null || !FORMAT.equals(stored.format()) || stored.instances() == null) {
			throw new IOException("it is no snapshot of a directory");
		}
		if (!this.layouts.root().equals(stored.root())) {
			throw new IOException("it is a snapshot of " + stored.root() + " and not of " + this.layouts.root());
		}
		try {
			return new Content(stored.instances().stream().map(StoredInstance::member).toList(),
					Instant.ofEpochMilli(stored.asOf()));
		}
		catch (RuntimeException ex) {
			throw new IOException("it says what no instance can be: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Replaces the file.
	 * @param index the lists
	 * @param asOf when the ensemble was last heard
	 * @throws IOException if it cannot be written; the old one is then as it was
	 */
	void write(ServiceIndex index, Instant asOf) throws IOException {
		List<StoredInstance> instances = index.services()
			.values()
			.stream()
			.flatMap((service) -> service.members().values().stream())
			.map(StoredInstance::of)
			.toList();
		Path folder = this.file.getParent();
		if (folder == null) {
			throw new IOException(this.file + " is no file");
		}
		Files.createDirectories(folder);
		Path next = Files.createTempFile(folder, this.file.getFileName().toString(), ".tmp");
		try {
			try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE);
					OutputStream out = Channels.newOutputStream(channel)) {
				out.write(bytes(new Stored(FORMAT, this.layouts.root(), asOf.toEpochMilli(), instances)));
				channel.force(true);
			}
			Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(next);
		}
	}

	private static byte[] bytes(Stored stored) throws JsonProcessingException {
		return MAPPER.writeValueAsBytes(stored);
	}

	/**
	 * What a file says.
	 *
	 * @param members the instances
	 * @param asOf when this was true, by the wall clock of its writer
	 */
	record Content(List<Member> members, Instant asOf) {

		/** A clock that was set back makes no list younger than now. */
		Duration age(Instant now) {
			Duration age = Duration.between(this.asOf, now);
			return age.isNegative() ? Duration.ZERO : age;
		}

	}

	private record Stored(@Nullable String format, @Nullable String root, long asOf,
			@Nullable List<StoredInstance> instances) {
	}

}
