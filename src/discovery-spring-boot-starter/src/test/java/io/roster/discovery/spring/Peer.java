package io.roster.discovery.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Something that listens where an instance is registered.
 */
interface Peer extends AutoCloseable {

	int port();

	@Override
	void close();

	/** Answers every request with its port. */
	static Peer answering() {
		return new Answering(new CountDownLatch(0));
	}

	/** Accepts requests and answers none until it is closed. */
	static Peer silent() {
		return new Answering(new CountDownLatch(1));
	}

	/** Reads a request and closes the connection without a byte of an answer. */
	static Dropping dropping() {
		return new Dropping(0);
	}

	/** Answers one request of a connection, and drops the next. */
	static Dropping droppingAfterOne() {
		return new Dropping(1);
	}

	/** A port at which nobody listens. */
	static int refusingPort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "peer");
		thread.setDaemon(true);
		return thread;
	}

	final class Answering implements Peer {

		private final CountDownLatch answers;

		private final ExecutorService threads = Executors.newCachedThreadPool(Peer::daemon);

		private final HttpServer server;

		private Answering(CountDownLatch answers) {
			this.answers = answers;
			try {
				this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.server.setExecutor(this.threads);
			this.server.createContext("/", this::answer);
			this.server.start();
		}

		private void answer(HttpExchange exchange) throws IOException {
			try (exchange) {
				exchange.getRequestBody().readAllBytes();
				this.answers.await();
				byte[] body = String.valueOf(port()).getBytes(UTF_8);
				exchange.sendResponseHeaders(200, body.length);
				exchange.getResponseBody().write(body);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public int port() {
			return this.server.getAddress().getPort();
		}

		@Override
		public void close() {
			this.threads.shutdownNow();
			this.server.stop(0);
		}

	}

	final class Dropping implements Peer {

		private final ServerSocket socket;

		private final int answers;

		private final AtomicInteger dropped = new AtomicInteger();

		private final ExecutorService threads = Executors.newCachedThreadPool(Peer::daemon);

		private Dropping(int answers) {
			this.answers = answers;
			try {
				this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.threads.execute(this::accept);
		}

		private void accept() {
			while (!this.socket.isClosed()) {
				try {
					Socket connection = this.socket.accept();
					this.threads.execute(() -> serve(connection));
				}
				catch (IOException | RejectedExecutionException ex) {
					// closed: the loop ends
				}
			}
		}

		private void serve(Socket connection) {
			try (connection) {
				for (int i = 0; i < this.answers && readHead(connection.getInputStream()); i++) {
					connection.getOutputStream()
						.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(UTF_8));
				}
				if (readHead(connection.getInputStream())) {
					this.dropped.incrementAndGet();
				}
			}
			catch (IOException ex) {
				// the client has gone
			}
		}

		/** Reads up to the empty line. */
		private static boolean readHead(InputStream in) throws IOException {
			int newlines = 0;
			while (newlines < 2) {
				int read = in.read();
				if (read < 0) {
					return false;
				}
				newlines = (read == '\n') ? newlines + 1 : (read == '\r') ? newlines : 0;
			}
			return true;
		}

		int dropped() {
			return this.dropped.get();
		}

		@Override
		public int port() {
			return this.socket.getLocalPort();
		}

		@Override
		public void close() {
			this.threads.shutdown();
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
