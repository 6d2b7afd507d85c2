package io.roster.acceptance.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

/**
 * The browser of the system: nothing is downloaded. Debian's package is {@code chromium};
 * the property {@code console.browser} names another one. To be used by one thread.
 */
final class Chromium implements AutoCloseable {

	/** For everything that is waited for. */
	static final Duration BOUND = Duration.ofSeconds(30);

	private final Playwright playwright;

	private final Browser browser;

	Chromium() {
		PlaywrightAssertions.setDefaultAssertionTimeout(BOUND.toMillis());
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable())
				.setTimeout(2 * BOUND.toMillis())
				.setArgs(List.of("--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")));
	}

	/**
	 * Whether the tests are to be run: without a browser they are skipped, unless
	 * {@code console.required} says that there must be one.
	 * @return whether to run
	 */
	static boolean isThereOrRequired() {
		return Files.isExecutable(executable()) || Boolean.getBoolean("console.required");
	}

	private static Path executable() {
		return Path.of(System.getProperty("console.browser", "/usr/bin/chromium"));
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
