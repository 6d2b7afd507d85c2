package io.roster.demo.consumer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roster.discovery.InstanceData;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;

/** A small instance of bikesvc that registers as real ones do. */
final class TestBikesvc implements AutoCloseable {

	private final HttpServer server;

	private final Registration registration;

	TestBikesvc(Registrar registrar) throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/bikes", this::answer);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.start();
		this.registration = registrar.register("bikesvc",
				InstanceData.at("127.0.0.1", this.server.getAddress().getPort()));
		this.registration.registered().join();
	}

	String id() {
		return this.registration.registeredAs().orElseThrow();
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] body = ("{\"servedBy\":\"" + id() + "\",\"price\":\"2.50\",\"bikes\":[]}")
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.registration.deregister().join();
		this.server.stop(0);
	}

}
