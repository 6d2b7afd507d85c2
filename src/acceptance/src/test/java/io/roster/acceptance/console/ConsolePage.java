package io.roster.acceptance.console;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

/**
 * The console in a window of its own, with a storage of its own.
 */
final class ConsolePage implements AutoCloseable {

	/** A lock that is held and waited for. */
	static final String QUEUE = "invoices-monthly";

	private static final int WIDE = 1280;

	private static final int HEIGHT = 900;

	private final BrowserContext context;

	private final Page page;

	private final URI server;

	private ConsolePage(BrowserContext context, URI server) {
		this.context = context;
		this.page = context.newPage();
		this.page.setDefaultTimeout(Chromium.BOUND.toMillis());
		this.server = server;
	}

	static ConsolePage open(Browser browser, URI server) {
		return open(browser, server, new Look("en", ColorScheme.LIGHT, WIDE));
	}

	static ConsolePage open(Browser browser, URI server, Look look) {
		return new ConsolePage(browser.newContext(new Browser.NewContextOptions().setLocale(look.language())
			.setColorScheme(look.scheme())
			.setViewportSize(look.width(), HEIGHT)), server);
	}

	/**
	 * Goes to a view, as somebody who was sent its address.
	 * @param address such as {@code tree/servers}
	 */
	ConsolePage go(String address) {
		this.page.navigate(this.server.resolve("/#/" + address).toString());
		return this;
	}

	/** Goes to a view, and waits until it shows what it has to show. */
	void show(String address) {
		go(address);
		PlaywrightAssertions.assertThat(main().locator("h1")).isVisible();
		PlaywrightAssertions.assertThat(main().locator(".reading")).hasCount(0);
	}

	/**
	 * The views that the navigation leads to, and what is behind them.
	 * @return their addresses
	 */
	List<String> views() {
		Locator links = this.page.locator("header nav a");
		if (!this.page.url().contains("#")) {
			go("");
		}
		links.first().waitFor();
		return Stream
			.concat(links.all().stream().map((link) -> link.getAttribute("href").substring("#/".length())),
					Stream.of("services/bikesvc", "locks/" + QUEUE, "ensemble/elections", "ensemble/simulator",
							"ensemble/configuration", "tree/servers/bikesvc0000000000", "config/bikesvc/ride.price"))
			.toList();
	}

	Page page() {
		return this.page;
	}

	Locator main() {
		return this.page.locator("main");
	}

	Locator text(String text) {
		return main().getByText(text);
	}

	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	Locator dialog() {
		return this.page.getByRole(AriaRole.DIALOG);
	}

	Locator row(String text) {
		return this.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
	}

	/** Who holds the lock that is looked at. */
	Locator holders() {
		return main().locator("ul.queue > li");
	}

	/** Who waits for it. */
	Locator waiters() {
		return main().locator("ol.queue > li");
	}

	/** Presses a button that is part of something. */
	void press(Locator part, String button) {
		part.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true)).click();
	}

	/** Presses the button of a dialog, and waits until the dialog has gone. */
	void agree(String button) {
		press(dialog(), button);
		PlaywrightAssertions.assertThat(dialog()).hasCount(0);
	}

	/** Leaves a mark that a reload would take away. */
	void mark() {
		this.page.evaluate("() => { window.marked = true; }");
	}

	boolean isMarked() {
		return Boolean.TRUE.equals(this.page.evaluate("() => window.marked === true"));
	}

	/**
	 * What axe-core finds in the page as it is that is serious or critical.
	 * @param rules the rules to go by; all of them if there are none
	 * @return a sentence for each finding
	 */
	List<String> findings(String... rules) {
		AxeBuilder axe = new AxeBuilder(this.page);
		return ((rules.length > 0) ? axe.withRules(List.of(rules)) : axe).analyze()
			.getViolations()
			.stream()
			.filter((rule) -> List.of("serious", "critical").contains(rule.getImpact()))
			.map((rule) -> rule.getId() + ": " + rule.getNodes().stream().map(CheckedNode::getHtml).limit(3).toList())
			.toList();
	}

	/**
	 * How wide the page is, in pixels; more than the window's width means that one
	 * scrolls.
	 */
	int width() {
		return ((Number) this.page.evaluate("() => document.documentElement.scrollWidth")).intValue();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * How it looks.
	 *
	 * @param language en or zh
	 * @param scheme light or dark
	 * @param width in pixels
	 */
	record Look(String language, ColorScheme scheme, int width) {
	}

}
