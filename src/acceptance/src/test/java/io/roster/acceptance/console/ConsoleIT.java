package io.roster.acceptance.console;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.acceptance.RunningDemo;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does and sees in the console, against one running demo. What stops
 * members comes last, and leaves the demo as the next test needs it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(value = "io.roster.acceptance.console.Chromium#isThereOrRequired",
		disabledReason = "there is no /usr/bin/chromium: install it, or name another browser by -Dconsole.browser")
class ConsoleIT implements LockScenes, ServiceScenes {

	private static final int VIEWER = Order.DEFAULT + 1;

	private static final int DEATH = Order.DEFAULT + 2;

	private static final int LOCKLESS = Order.DEFAULT + 3;

	private static final int ELECTION = Order.DEFAULT + 4;

	private static final int OUTAGE = Order.DEFAULT + 5;

	private static final String KEY = ApiKeys.random();

	@TempDir
	static Path folder;

	private static RunningDemo demo;

	/**
	 * A registry server that asks for credentials. It starts while the other tests run.
	 */
	private static RunningApplication closed;

	/** The one that a test starts in the place of the demo's. */
	private static @Nullable RunningApplication lockService;

	private static DemoLocks locks;

	private static Chromium chromium;

	@BeforeAll
	static void start() {
		demo = RunningDemo.start(folder);
		closed = RunningApplication.launch("registry-server", FreePorts.next(), folder,
				ApiKeys.properties(demo.connectString(), "viewer", KEY, demo.uri("lock-service", 0, "/")));
		chromium = new Chromium();
		locks = new DemoLocks(demo.uri("lock-service", 0, "/"));
		List.of("billing-1", "billing-2", "billing-3").forEach((owner) -> locks.queue(ConsolePage.QUEUE, owner));
	}

	@AfterAll
	static void stop() {
		try (RunningDemo first = demo;
				RunningApplication second = closed;
				RunningApplication third = lockService;
				Chromium fourth = chromium) {
			// Each is closed, whatever happens to the other.
		}
	}

	@Test
	void aZnodeIsCreatedEditedAndDeleted() {
		try (ConsolePage console = open("tree")) {
			console.button("Create below").click();
			console.dialog().getByLabel("Name below").fill("console");
			console.dialog().getByLabel("Data", exactly()).fill("{\"made\":\"here\"}");
			console.agree("Create");
			assertThat(console.page()).hasURL(server("/#/tree/console").toString());
			assertThat(console.text("\"made\": \"here\"")).isVisible();

			console.button("Edit").click();
			console.dialog().getByLabel("Data", exactly()).fill("mine");
			Http.put(server("/api/v1/znodes?path=/console"), "{\"data\":\"somebody else's\"}");
			console.dialog().getByText("Write", new Locator.GetByTextOptions().setExact(true)).click();
			assertThat(console.dialog().getByText("Somebody has written version 1 meanwhile")).isVisible();
			console.dialog().getByText("I have seen it").click();
			console.agree("Write");
			assertThat(console.main().locator("pre")).hasText("mine");

			Http.post(server("/api/v1/znodes"), "{\"path\":\"/console/below\"}");
			assertThat(console.page().getByRole(AriaRole.LINK, named("below"))).isVisible();
			console.button("Delete").click();
			console.agree("Delete 2 znodes");
			assertThat(console.page().getByRole(AriaRole.TREEITEM, named("console"))).hasCount(0);
			assertThat(Http.get(server("/api/v1/znodes?path=/console")).status()).isEqualTo(404);
		}
	}

	@Test
	@Order(DEATH)
	void aKilledInstanceLeavesWithoutAReload() {
		String killed = Http.get(demo.uri("demo-bikesvc", 1, "/bikes")).json().path("servedBy").asString();
		try (ConsolePage tree = open("tree/servers");
				ConsolePage service = open("services/bikesvc");
				ConsolePage overview = open("overview")) {
			List.of(tree, service, overview).forEach(ConsolePage::mark);
			assertThat(tree.page().getByRole(AriaRole.LINK, exactly(killed))).isVisible();
			assertThat(service.row(killed)).hasCount(1);
			kill("demo-bikesvc", 1);
			assertThat(service.row(killed)).hasCount(0);
			assertThat(service.main().locator("ol.events")).containsText("was not heard of for too long");
			assertThat(overview.text("bikesvc: one instance is left, of 2 in the last hour.")).isVisible();
			assertThat(tree.main().locator("ul.happened")).containsText("deleted");
			assertThat(tree.main().locator("ul.found").getByRole(AriaRole.LINK)).hasCount(1);
			assertThat(List.of(tree, service, overview)).allMatch(ConsolePage::isMarked);
		}
	}

	@Test
	@Order(LOCKLESS)
	void theLockServiceGoesAndComesBack() {
		try (ConsolePage console = open("locks/" + ConsolePage.QUEUE)) {
			console.mark();
			assertThat(console.waiters()).containsText(new String[] { "billing-2", "billing-3" });
			kill("lock-service", 0);
			assertThat(console.text("The lock service does not answer.")).isVisible();
			console.page().getByRole(AriaRole.LINK, named("Overview")).click();
			assertThat(console.page().getByRole(AriaRole.LINK, named("The lock service does not answer"))).isVisible();
			console.page().goBack();
			RunningApplication again = RunningApplication.launch("lock-service",
					demo.uri("lock-service", 0, "/").getPort(), folder,
					"spring.cloud.zookeeper.connect-string=" + demo.connectString());
			lockService = again;
			again.awaitReady();
			assertThat(console.waiters()).containsText(new String[] { "billing-2", "billing-3" });
			assertThat(console.isMarked()).isTrue();
		}
	}

	@Test
	void theTreeIsWalkedByKeys() {
		try (ConsolePage console = open("tree/servers")) {
			Locator servers = console.page().getByRole(AriaRole.TREEITEM, exactly("servers"));
			assertThat(servers).hasAttribute("aria-selected", "true");
			servers.focus();
			servers.press("ArrowRight");
			assertThat(servers).hasAttribute("aria-expanded", "true");
			Locator first = console.page().getByRole(AriaRole.TREEITEM, named("bikesvc0000000000"));
			assertThat(first).isVisible();
			console.page().keyboard().press("ArrowDown");
			assertThat(first).isFocused();
			console.page().keyboard().press("Enter");
			assertThat(console.page()).hasURL(server("/#/tree/servers/bikesvc0000000000").toString());
			assertThat(console.text("ephemeral").first()).isVisible();
			assertThat(console.text("sequential").first()).isVisible();
		}
	}

	@Test
	void aChangedValueReachesTheRunningApplication() {
		try (ConsolePage console = open("config/bikesvc")) {
			console.button("Add property").click();
			console.dialog().getByLabel("Application").fill("bikesvc");
			console.dialog().getByLabel("Property").fill("ride.price");
			console.dialog().getByLabel("Value").fill("3.25");
			console.agree("Add");
			assertThat(console.row("ride.price")).containsText("3.25");
			awaitPrice("3.25");

			console.button("Edit: ride.price").click();
			console.dialog().getByLabel("Value").fill("9.75");
			console.agree("Write");
			awaitPrice("9.75");

			console.page().getByRole(AriaRole.LINK, named("History: ride.price")).click();
			console.button("Roll back to this").last().click();
			console.agree("Roll back");
			awaitPrice("3.25");
			assertThat(console.row("ride.price").first()).containsText("3.25");
		}
	}

	@Test
	void theSimulatorSaysWhoWinsAndWhenNobodyDoes() {
		try (ConsolePage console = open("ensemble/simulator")) {
			console.button("One lags").click();
			assertThat(console.main().locator(".verdict")).containsText("Member 2 leads");
			console.page().getByLabel("Member 2 takes part").uncheck();
			assertThat(console.text("member 1 stays")).isVisible();
			console.button("Half is no majority").click();
			assertThat(console.main().locator(".verdict")).containsText("nobody leads");
		}
	}

	@Test
	void noViewHasASeriousFindingOfAccessibility() {
		try (ConsolePage console = open("")) {
			for (String view : console.views()) {
				console.show(view);
				assertThat(console.findings()).as(view).isEmpty();
				// In the dark only the colours are others.
				console.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
				assertThat(console.findings("color-contrast")).as(view + ", dark").isEmpty();
				console.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
			}
		}
	}

	@Test
	void noViewIsWiderThanAPhone() {
		try (ConsolePage console = ConsolePage.open(chromium.browser(), server("/"),
				new ConsolePage.Look("zh", ColorScheme.LIGHT, 360))) {
			for (String view : console.views()) {
				console.show(view);
				assertThat(console.width()).as(view).isLessThanOrEqualTo(360);
			}
		}
	}

	@Test
	@Order(VIEWER)
	void aViewerSignsInAndSeesNoButtonThatChangesSomething() {
		try (ConsolePage console = ConsolePage.open(chromium.browser(), closed.awaitReady().uri("/"))) {
			console.go("tree/servers");
			console.page().getByLabel("API key or token").fill(ApiKeys.random());
			console.button("Sign in").click();
			assertThat(console.text("The server does not accept these credentials.")).isVisible();
			console.page().getByLabel("API key or token").fill(KEY);
			console.button("Sign in").click();
			assertThat(console.page().getByRole(AriaRole.TREEITEM, exactly("servers"))).isVisible();
			assertThat(console.text("numChildren")).isVisible();
			assertThat(console.page().getByText("viewer", new Page.GetByTextOptions().setExact(true))).isVisible();
			assertThat(console.main().getByRole(AriaRole.BUTTON)).hasCount(0);
			console.go("config/bikesvc");
			assertThat(console.text("Applications")).isVisible();
			assertThat(console.main().getByRole(AriaRole.BUTTON)).hasCount(0);
			console.go("services/bikesvc");
			assertThat(console.row("bikesvc0000000000")).containsText("up");
			assertThat(console.main().getByRole(AriaRole.BUTTON)).hasCount(0);
			console.go("locks/" + ConsolePage.QUEUE);
			assertThat(console.holders()).containsText("billing-1");
			assertThat(console.main().getByRole(AriaRole.BUTTON)).hasCount(0);
			console.button("Sign out").click();
			assertThat(console.page().getByLabel("API key or token")).isVisible();
		}
	}

	@Test
	@Order(ELECTION)
	void aStoppedLeaderIsTheBeginningOfAStory() {
		try (ConsolePage console = open("ensemble")) {
			console.mark();
			assertThat(console.text("3 of 3 members are there; 2 are needed.")).isVisible();
			int leader = leader();
			demo.member("stop", leader);
			assertThat(console.text("2 of 3 members are there; 2 are needed.")).isVisible();
			assertThat(console.text("was elected")).isVisible();
			assertThat(console.text("Before, member " + leader + " led")).isVisible();
			demo.member("start", leader);
			assertThat(console.text("3 of 3 members are there; 2 are needed.")).isVisible();
			assertThat(console.isMarked()).isTrue();
		}
	}

	@Test
	@Order(OUTAGE)
	void anOutageOfTheMajorityShows() {
		try (ConsolePage console = open("ensemble")) {
			assertThat(console.main().locator(".verdict")).containsText("There is a quorum.");
			demo.member("stop", 1);
			demo.member("stop", 2);
			assertThat(console.main().locator(".verdict")).containsText("No quorum");
			assertThat(console.page().getByText("The ensemble has not been heard of")).isVisible();
			console.go("tree/servers");
			assertThat(console.page().getByText("The ensemble has not been heard of")).isVisible();
		}
	}

	private static void awaitPrice(String price) {
		Awaitility.await("the price of a ride")
			.atMost(Chromium.BOUND)
			.untilAsserted(
					() -> assertThat(Http.get(demo.uri("demo-bikesvc", 0, "/bikes")).json().path("price").asString())
						.isEqualTo(price));
	}

	private static int leader() {
		JsonNode members = Http.get(server("/api/v1/ensemble")).json().path("members");
		return StreamSupport.stream(members.spliterator(), false)
			.filter((member) -> List.of("leader").contains(member.path("role").asString()))
			.findFirst()
			.orElseThrow()
			.path("id")
			.asInt();
	}

	@Override
	public ConsolePage open(String address) {
		return ConsolePage.open(chromium.browser(), server("/")).go(address);
	}

	@Override
	public URI bikesvc() {
		return server("/api/v1/services/bikesvc");
	}

	@Override
	public DemoLocks locks() {
		return locks;
	}

	private static URI server(String path) {
		return demo.uri("registry-server", 0, path);
	}

	private static void kill(String application, int number) {
		long pid = Http.get(demo.uri(application, number, "/actuator/info"))
			.json()
			.path("process")
			.path("pid")
			.asLong();
		assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
	}

	private static Page.GetByRoleOptions named(String name) {
		return new Page.GetByRoleOptions().setName(name);
	}

	private static Page.GetByRoleOptions exactly(String name) {
		return named(name).setExact(true);
	}

	private static Locator.GetByLabelOptions exactly() {
		return new Locator.GetByLabelOptions().setExact(true);
	}

}
