package io.roster.demo.bikesvc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What the lock service would answer about one lock. The real one is an application, on
 * which no other application depends; the two are tested together in src/acceptance.
 */
final class OneLock implements AutoCloseable {

	private final HttpServer server;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private volatile boolean held;

	private volatile long token;

	OneLock() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/api/v1/locks/", this::answer);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** Somebody else holds the lock, or has given it back. */
	void held(boolean bySomebodyElse) {
		this.held = bySomebodyElse;
	}

	/** The fencing token of whoever asks next. */
	void token(long next) {
		this.token = next;
	}

	/** Methods and locks of the calls since the last call of this. */
	List<String> calls() {
		List<String> made = List.copyOf(this.calls);
		this.calls.clear();
		return made;
	}

	private void answer(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		String lock = exchange.getRequestURI().getPath().replaceAll(".*/locks/|/leases.*", "");
		this.calls.add(exchange.getRequestMethod() + " " + lock);
		boolean acquire = exchange.getRequestMethod().equals("PUT");
		int status = (acquire && this.held) ? 409 : 200;
		String body = acquire ? acquired(status) : "{\"state\":\"RELEASED\"}";
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private String acquired(int status) {
		return (status == 200) ? "{\"state\":\"HELD\",\"fencingToken\":\"" + this.token + "\",\"expiresInMs\":9000}"
				: "{\"type\":\"urn:roster:problem:lock-held\",\"title\":\"held\",\"detail\":\"by another\"}";
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
