package io.roster.lockservice;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads server-sent events as they come, without a thread of its own.
 */
final class EventReader implements Flow.Subscriber<String>, AutoCloseable {

	private static final String END = "(end of the stream)";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	private final Map<String, String> fields = new HashMap<>();

	private final CompletableFuture<HttpResponse<Void>> response;

	private volatile Flow.@Nullable Subscription lines;

	private EventReader(HttpClient http, HttpRequest request) {
		this.response = http.sendAsync(request, BodyHandlers.fromLineSubscriber(this));
	}

	static EventReader open(HttpClient http, HttpRequest.Builder request) {
		return new EventReader(http, request.header("Accept", "text/event-stream").build());
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.lines = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(String line) {
		int colon = line.indexOf(':');
		if (line.isEmpty()) {
			this.events.add(new Event(this.fields.getOrDefault("event", "message"), this.fields.getOrDefault("id", ""),
					JSON.readTree(this.fields.getOrDefault("data", "null"))));
			this.fields.clear();
		}
		else if (colon > 0) {
			this.fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
		}
	}

	@Override
	public void onError(Throwable failure) {
		onComplete();
	}

	@Override
	public void onComplete() {
		this.events.add(new Event(END, "", JSON.nullNode()));
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
		Event event = this.events.poll(30, TimeUnit.SECONDS);
		assertThat(event).as("an event within 30 s").isNotNull();
		return event;
	}

	/** Reads on to the end, which must be the next but for heartbeats. */
	void awaitEnd() throws InterruptedException {
		next(END);
	}

	@Override
	public void close() {
		this.response.cancel(true);
		Flow.Subscription open = this.lines;
		if (open != null) {
			open.cancel();
		}
	}

	record Event(String name, String id, JsonNode data) {
	}

}
