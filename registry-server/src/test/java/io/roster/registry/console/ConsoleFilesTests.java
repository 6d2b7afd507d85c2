package io.roster.registry.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no compiler looks at in the console's files.
 */
class ConsoleFilesTests {

	private static final Path ROOT = Path.of("src/main/resources/static");

	private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(assets/[^\"]+)\"");

	/** The key of a message, where it is defined. */
	private static final Pattern DEFINED = Pattern.compile("(?<=[{,]\\s{1,9})'([\\w.-]+)': ['\"]");

	/** The key of a message, where it is said. */
	private static final Pattern SAID = Pattern.compile("\\bt\\('([^']+)'[,)]");

	@Test
	void thePageNamesEveryFileSoThatNoneWaitsForAnother() throws IOException {
		Set<String> named = all(LINK, Files.readString(ROOT.resolve("index.html"))).collect(Collectors.toSet());
		try (Stream<Path> files = Files.walk(ROOT.resolve("assets"))) {
			assertThat(files.filter(Files::isRegularFile).map((file) -> ROOT.relativize(file).toString()))
				.containsExactlyInAnyOrderElementsOf(named);
		}
	}

	@Test
	void everyMessageIsThereInBothLanguages() {
		for (String source : sources()) {
			String[] languages = source.split("\\bzh: \\{", 2);
			if (languages.length == 2) {
				assertThat(all(DEFINED, "{ " + languages[1])).as(source)
					.containsAll(all(DEFINED, languages[0]).filter((key) -> !key.endsWith(".one"))
						.collect(Collectors.toSet()));
			}
		}
	}

	@Test
	void everyMessageThatIsSaidIsThere() {
		Set<String> defined = sources().stream().flatMap((source) -> all(DEFINED, source)).collect(Collectors.toSet());
		assertThat(sources().stream().flatMap((source) -> all(SAID, source))).isNotEmpty().isSubsetOf(defined);
	}

	private static Stream<String> all(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((found) -> found.group(1));
	}

	private static List<String> sources() {
		try (Stream<Path> files = Files.walk(ROOT.resolve("assets"))) {
			return files.filter((file) -> file.toString().endsWith(".js")).map(ConsoleFilesTests::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
