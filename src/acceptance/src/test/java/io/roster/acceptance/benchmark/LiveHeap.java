package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is reachable in the heap of another process.
 */
final class LiveHeap {

	private LiveHeap() {
	}

	static long bytes(long pid) throws IOException, InterruptedException {
		Path out = Files.createTempFile("histogram", ".txt");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid),
				"GC.class_histogram")
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start()
			.waitFor();
		String total = Files.readString(out, StandardCharsets.UTF_8)
			.lines()
			.filter((line) -> line.startsWith("Total"))
			.findFirst()
			.orElseThrow();
		Files.delete(out);
		return Long.parseLong(total.trim().split("\\s+", -1)[2]);
	}

}
