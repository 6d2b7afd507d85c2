package io.roster.acceptance.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many clients of the lock service, each with a connection, that wait for one lock: one
 * thread for all of them. Each gives the lock back as soon as it has it, and it is
 * checked that the next has it only then, with a greater token.
 */
final class HttpWaiters implements AutoCloseable {

	private static final Pattern TOKEN = Pattern.compile("\"fencingToken\":\"(\\d+)\"");

	private final URI service;

	private final String lock;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

	private final Deque<Client> granted = new ArrayDeque<>();

	private long lastToken;

	HttpWaiters(URI service, String lock) throws IOException {
		this.service = service;
		this.lock = lock;
	}

	/** Sends the acquires of more clients, without waiting for an answer. */
	void add(int clients) throws IOException {
		InetSocketAddress address = new InetSocketAddress(this.service.getHost(), this.service.getPort());
		for (int i = 0; i < clients; i++) {
			SocketChannel channel = SocketChannel.open(address);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.configureBlocking(false);
			Client client = new Client(channel, UUID.randomUUID());
			channel.register(this.selector, SelectionKey.OP_READ, client);
			client.send("PUT", "{\"owner\":\"waiter\",\"ttl\":\"1h\",\"wait\":\"20m\"}");
		}
	}

	/**
	 * Passes the lock on from each to the next.
	 * @param handovers how often
	 * @param samples take the time from sending a release until the next client has its
	 * answer
	 * @param bound how long one may take
	 */
	void pass(int handovers, Samples samples, Duration bound) throws IOException {
		Client holder = next(bound);
		for (int i = 0; i < handovers; i++) {
			long released = System.nanoTime();
			holder.send("DELETE", "");
			holder = next(bound);
			samples.add(System.nanoTime() - released);
		}
		holder.send("DELETE", "");
	}

	private Client next(Duration bound) throws IOException {
		long end = System.nanoTime() + bound.toNanos();
		while (this.granted.isEmpty()) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("nobody was granted the lock within " + bound);
			}
			this.selector.select(bound.toMillis());
			for (Iterator<SelectionKey> keys = this.selector.selectedKeys().iterator(); keys.hasNext();) {
				SelectionKey key = keys.next();
				keys.remove();
				read((Client) key.attachment());
			}
		}
		Client next = this.granted.remove();
		if (!this.granted.isEmpty()) {
			throw new IllegalStateException("more than one client holds the lock");
		}
		return next;
	}

	private void read(Client client) throws IOException {
		this.buffer.clear();
		if (client.channel.read(this.buffer) < 0) {
			throw new EOFException("the service has closed a connection");
		}
		client.received.append(StandardCharsets.UTF_8.decode(this.buffer.flip()));
		String answer = client.received.toString();
		Matcher token = TOKEN.matcher(answer);
		if (answer.contains("\"state\":\"HELD\"") && token.find()) {
			grew(Long.parseLong(token.group(1)));
			client.received.setLength(0);
			this.granted.add(client);
		}
		else if (answer.contains("\"state\":\"RELEASED\"")) {
			client.channel.close();
		}
		else if (!answer.startsWith("HTTP/1.1 200".substring(0, Math.min(answer.length(), 12)))) {
			throw new IllegalStateException(answer);
		}
	}

	private void grew(long token) {
		if (token <= this.lastToken) {
			throw new IllegalStateException("token " + token + " was granted after " + this.lastToken);
		}
		this.lastToken = token;
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	private final class Client {

		private final SocketChannel channel;

		private final UUID lease;

		private final StringBuilder received = new StringBuilder();

		Client(SocketChannel channel, UUID lease) {
			this.channel = channel;
			this.lease = lease;
		}

		void send(String method, String body) throws IOException {
			String request = method + " /api/v1/locks/" + HttpWaiters.this.lock + "/leases/" + this.lease
					+ " HTTP/1.1\r\nHost: " + HttpWaiters.this.service.getAuthority()
					+ "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
			ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
			while (bytes.hasRemaining()) {
				// A request is much smaller than the buffer of a socket.
				this.channel.write(bytes);
			}
		}

	}

}
