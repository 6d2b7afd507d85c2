package io.roster.registry;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConsoleStreamTests extends RegistryTest {

	@Test
	void beginsWithAllThatIsRegisteredAndTellsWhatComesAndGoes() throws Exception {
		String first = this.nodes.add("console", 9001);
		try (EventReader reader = this.api.stream("/api/v1/console/stream")) {
			// At once, or as an instance that was added where the mirror had not seen it
			// yet.
			await().atMost(Duration.ofSeconds(30))
				.until(() -> reader.unread().anyMatch((event) -> event.data().toString().contains(first)));
			String second = this.nodes.add("console", 9002);
			awaitTold(reader, "instance",
					(data) -> data.get("change").asString().equals("added")
							&& data.get("instance").get("id").asString().equals(second)
							&& data.get("instance").get("port").asInt() == 9002);
			this.nodes.remove(second);
			awaitTold(reader, "instance", (data) -> data.get("change").asString().equals("removed")
					&& data.get("instance").get("id").asString().equals(second));
		}
	}

	@Test
	void tellsOfTheEnsembleItsElectionsAndHowNewAllIs() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/console/stream")) {
			awaitTold(reader, "ensemble", (data) -> data.get("members").size() == 1);
			awaitTold(reader, "elections", (data) -> data.get("elections").isArray());
			awaitTold(reader, "state", (data) -> !data.get("stale").asBoolean());
		}
	}

	@Test
	void tellsWhatHappened() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/console/stream")) {
			String id = this.nodes.add("told-to-the-console", 9001);
			awaitTold(reader, "history",
					(data) -> data.get("events")
						.valueStream()
						.anyMatch((event) -> event.get("instance").asString().equals(id)
								&& event.get("change").asString().equals("JOINED")));
		}
	}

	@Test
	void tellsWhoseConfigurationHasChanged() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/console/stream")) {
			awaitTold(reader, "services", (data) -> true);
			this.nodes.write("/config/console/colour", "green");
			awaitTold(reader, "config", (data) -> data.get("application").asString().equals("console"));
		}
	}

	@Test
	void saysWhenTheLockServiceDoesNotAnswer() throws Exception {
		try (EventReader reader = this.api.stream("/api/v1/console/stream")) {
			awaitTold(reader, "locks", (data) -> !data.get("available").asBoolean()
					&& data.get("trouble").asString().equals("unreachable"));
		}
		HttpResponse<String> refused = this.api.get("/api/v1/lock-service/locks");
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.body()).contains("urn:roster:problem:lock-service-unreachable");
	}

	@Test
	void isAPageThatTheBrowserKeepsAndAsksForAgain() throws Exception {
		HttpResponse<String> page = this.api.get("/");
		assertThat(page.body()).contains("assets/app.js");
		assertThat(page.headers().firstValue("cache-control")).hasValue("no-cache");
		assertThat(page.headers().firstValue("content-security-policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).contains("default-src 'self'"));
		HttpResponse<String> library = this.api.get("/webjars/lit-html/lit-html.js");
		assertThat(library.statusCode()).isEqualTo(200);
		assertThat(library.headers().firstValue("cache-control")).hasValue("no-cache");
	}

	private static void awaitTold(EventReader reader, String name, Predicate<JsonNode> what) {
		await(name).atMost(Duration.ofSeconds(30))
			.until(() -> reader.unread().anyMatch((event) -> event.name().equals(name) && what.test(event.data())));
	}

}
