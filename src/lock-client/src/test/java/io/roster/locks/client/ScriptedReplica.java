package io.roster.locks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server that answers as it is told, for what a lock service that works never
 * does: lose an answer, be unavailable on time. The last step stands for all that follow.
 */
public final class ScriptedReplica implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<Step> script;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final List<String> credentials = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	public ScriptedReplica(Step... script) {
		this.script = new ConcurrentLinkedQueue<>(List.of(script));
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
		this.credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
		this.bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		Step step = (this.script.size() > 1) ? this.script.remove() : this.script.element();
		step.answer(exchange);
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	public List<String> calls() {
		return this.calls;
	}

	/** What each call has shown, "null" for nothing. */
	public List<String> credentials() {
		return this.credentials;
	}

	public List<String> bodies() {
		return this.bodies;
	}

	public static Step answers(int status, String body) {
		return (exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		};
	}

	public static Step holds(String token) {
		return answers(200, "{\"state\":\"HELD\",\"fencingToken\":\"" + token + "\",\"expiresInMs\":30000}");
	}

	public static Step losesTheAnswer() {
		return HttpExchange::close;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@FunctionalInterface
	public interface Step {

		void answer(HttpExchange exchange) throws IOException;

	}

}
