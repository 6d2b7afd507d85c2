package io.roster.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads server-sent events as they come.
 */
final class EventReader implements AutoCloseable {

	private static final String END = "(end of the stream)";

	private final InputStream body;

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private EventReader(InputStream body) {
		this.body = body;
	}

	static EventReader of(HttpResponse<InputStream> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		EventReader reader = new EventReader(response.body());
		Thread thread = new Thread(reader::readAll, "event-reader");
		thread.setDaemon(true);
		thread.start();
		return reader;
	}

	private void readAll() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8))) {
			Map<String, String> fields = new java.util.HashMap<>();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				int colon = line.indexOf(':');
				if (line.isEmpty()) {
					this.events.add(new Event(fields.getOrDefault("event", "message"), fields.getOrDefault("id", ""),
							ApiClient.parse(fields.getOrDefault("data", "null"))));
					fields.clear();
				}
				else if (colon > 0) {
					fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
				}
			}
		}
		catch (IOException ex) {
			// Closed by the test, or by a server that was killed: the end in any case.
		}
		this.events.add(new Event(END, "", ApiClient.parse("null")));
	}

	/** The next event that is no heartbeat. */
	Event next() throws InterruptedException {
		Event event = nextOfAll();
		while (event.name().equals("heartbeat")) {
			event = nextOfAll();
		}
		return event;
	}

	Event next(String name) throws InterruptedException {
		Event event = next();
		assertThat(event.name()).as("%s", event).isEqualTo(name);
		return event;
	}

	Event nextOfAll() throws InterruptedException {
		Event event = this.events.poll(15, TimeUnit.SECONDS);
		assertThat(event).as("an event within 15 s").isNotNull();
		return event;
	}

	/** Reads on to the end. */
	void awaitEnd() throws InterruptedException {
		for (Event event = nextOfAll(); !event.name().equals(END); event = nextOfAll()) {
			assertThat(event.name()).isEqualTo("heartbeat");
		}
	}

	Stream<Event> unread() {
		return this.events.stream();
	}

	@Override
	public void close() throws IOException {
		this.body.close();
	}

	record Event(String name, String id, JsonNode data) {
	}

}
