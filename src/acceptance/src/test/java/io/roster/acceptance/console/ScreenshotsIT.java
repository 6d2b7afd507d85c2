package io.roster.acceptance.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.roster.acceptance.Http;
import io.roster.acceptance.Repository;
import io.roster.acceptance.RunningDemo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes pictures of every view, to be looked at: {@code ./mvnw -Pscreenshots} leaves them
 * in {@code src/acceptance/target/screenshots}.
 */
@Tag("screenshots")
class ScreenshotsIT {

	/** For what comes after the first paint. */
	private static final int SETTLED = 1_500;

	@TempDir
	static Path folder;

	private static RunningDemo demo;

	private static Chromium chromium;

	@BeforeAll
	static void start() {
		demo = RunningDemo.start(folder);
		chromium = new Chromium();
		for (String price : List.of("2.75", "3.00")) {
			Http.put(demo.uri("registry-server", 0, "/api/v1/config/bikesvc/ride.price"),
					"{\"value\":\"" + price + "\"}");
		}
		DemoLocks locks = new DemoLocks(demo.uri("lock-service", 0, "/"));
		List.of("billing-1", "billing-2", "billing-3").forEach((owner) -> locks.queue(ConsolePage.QUEUE, owner));
		locks.queue("stock", "ann");
		locks.queue("orders", "ben");
		locks.queue("orders", "ann");
		locks.queue("stock", "ben");
		// For the story of an election.
		demo.member("stop", 3);
		demo.member("start", 3);
	}

	@AfterAll
	static void stop() {
		try (RunningDemo closed = demo; Chromium ended = chromium) {
			// Each is closed, whatever happens to the other.
		}
	}

	static Stream<ConsolePage.Look> looks() {
		return Stream.of("en", "zh")
			.flatMap((language) -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
				.flatMap((scheme) -> Stream.of(1280, 360)
					.map((width) -> new ConsolePage.Look(language, scheme, width))));
	}

	@ParameterizedTest
	@MethodSource("looks")
	void everyView(ConsolePage.Look look) {
		Path target = Repository.root().resolve("src/acceptance/target/screenshots");
		try (ConsolePage console = ConsolePage.open(chromium.browser(), demo.uri("registry-server", 0, "/"), look)) {
			for (String view : console.views()) {
				console.show(view);
				console.page().waitForTimeout(SETTLED);
				String name = "%s-%s-%d-%s.png".formatted(view.replace('/', '-'),
						look.scheme().name().toLowerCase(Locale.ROOT), look.width(), look.language());
				console.page().screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(target.resolve(name)));
			}
		}
	}

}
