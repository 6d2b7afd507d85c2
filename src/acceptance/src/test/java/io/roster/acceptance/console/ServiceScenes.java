package io.roster.acceptance.console;

import java.net.URI;

import com.microsoft.playwright.Locator;
import io.roster.acceptance.Http;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does and sees of a service, for {@link ConsoleIT} to run against its
 * demo.
 */
interface ServiceScenes {

	/** Opens the console at an address in a window of its own. */
	ConsolePage open(String address);

	/** Where the registry tells of a service with two instances. */
	URI bikesvc();

	@Test
	default void anInstanceIsDrainedAndPutBack() {
		try (ConsolePage console = open("services/bikesvc")) {
			JsonNode instance = Http.get(bikesvc()).json().path("instances").path(1);
			String id = instance.path("id").asString();
			Locator row = console.row(id);
			console.press(row, "Drain");
			assertThat(console.dialog()).containsText("Sets the status of " + id + " (127.0.0.1:"
					+ instance.path("port").asInt() + ") to DRAINING. Load balancers send it no new requests");
			console.agree("Drain");
			assertThat(row).containsText("draining");
			assertThat(console.text("1 of 2 up")).isVisible();
			assertThat(Http.get(bikesvc()).body()).contains("\"DRAINING\"");

			console.press(console.main().locator("tbody tr").filter(new Locator.FilterOptions().setHasNotText(id)),
					"Drain");
			assertThat(console.dialog()).containsText("It is the only instance of bikesvc that is up");
			console.dialog().getByText("Cancel").click();
			console.press(row, "Put back");
			console.agree("Put back");
			assertThat(console.text("2 of 2 up")).isVisible();
			assertThat(console.main().locator("ol.events")).containsText("draining");
		}
	}

}
