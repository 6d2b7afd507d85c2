package io.roster.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

import org.jspecify.annotations.Nullable;

/**
 * An executable jar on its way to being unpacked by Spring Boot's own tool, which is in
 * each of them: without jars in a jar an application starts with two thirds of the work.
 * What was unpacked is used again until the jar changes.
 */
final class Unpacking {

	private final Path jar;

	private final Path unpacked;

	private final Path beside;

	private final @Nullable Process tool;

	private Unpacking(Path jar, Path unpacked, Path beside, @Nullable Process tool) {
		this.jar = jar;
		this.unpacked = unpacked;
		this.beside = beside;
		this.tool = tool;
	}

	/** Starts it, unless it was done before. */
	static Unpacking start(Path jar, DemoFolder folder) throws IOException {
		Path parent = folder.unpacked(jar);
		Path unpacked = parent.resolve(contentOf(jar));
		Path beside = parent.resolve("unfinished");
		if (Files.isDirectory(unpacked)) {
			return new Unpacking(jar, unpacked, beside, null);
		}
		deleteAll(parent);
		List<String> command = JavaCommand.java("64m", true);
		command
			.addAll(List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", beside.toString()));
		Process tool = new ProcessBuilder(command).directory(folder.root().toFile())
			.redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD)
			.start();
		return new Unpacking(jar, unpacked, beside, tool);
	}

	/**
	 * Waits for the end.
	 * @return the jar to start, beside its libraries; the original where it could not be
	 * unpacked
	 */
	Path await() throws IOException, InterruptedException {
		if (this.tool != null && !Files.isDirectory(this.unpacked)) {
			if (this.tool.waitFor() != 0) {
				return this.jar;
			}
			Files.move(this.beside, this.unpacked, StandardCopyOption.ATOMIC_MOVE);
		}
		return this.unpacked.resolve(this.jar.getFileName());
	}

	/**
	 * Names the content: builds are reproducible, so that the time of the file says
	 * nothing.
	 */
	private static String contentOf(Path jar) throws IOException {
		CRC32 sum = new CRC32();
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			zip.stream()
				.map((entry) -> entry.getName() + ":" + entry.getSize() + ":" + entry.getCrc())
				.forEach((text) -> sum.update(text.getBytes(StandardCharsets.UTF_8)));
		}
		return Long.toHexString(sum.getValue());
	}

	private static void deleteAll(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (Stream<Path> found = Files.walk(folder)) {
			for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(each);
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
