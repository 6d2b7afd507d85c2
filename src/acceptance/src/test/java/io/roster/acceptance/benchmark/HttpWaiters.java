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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.roster.acceptance.lockfaults.Witness;
import org.jspecify.annotations.Nullable;

/**
 * Many clients of the lock service, each with a connection, that wait for one lock: one
 * thread for all of them. Each gives the lock back as soon as it has it, and it is
 * checked that the next has it only then, with a greater token.
 */
final class HttpWaiters implements AutoCloseable {

	private static final Pattern TOKEN = Pattern.compile("\"fencingToken\":\"(\\d+)\"");

	private static final Duration TTL = Duration.ofHours(1);

	private static final Duration WAIT = Duration.ofMinutes(20);

	private final URI service;

	private final String lock;

	private final @Nullable Witness witness;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

	private final Deque<Client> granted = new ArrayDeque<>();

	private long lastToken;

	/**
	 * Connects nobody yet.
	 * @param witness watches all of it, {@code null} if nobody does
	 */
	HttpWaiters(URI service, String lock, @Nullable Witness witness) throws IOException {
		this.service = service;
		this.lock = lock;
		this.witness = witness;
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
			client.acquire();
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
			holder.release();
			holder = next(bound);
			samples.add(System.nanoTime() - released);
		}
		holder.release();
		long end = System.nanoTime() + bound.toNanos();
		while (holder.channel.isOpen()) {
			read(end, "the last release was not answered within " + bound);
		}
	}

	private Client next(Duration bound) throws IOException {
		long end = System.nanoTime() + bound.toNanos();
		while (this.granted.isEmpty()) {
			read(end, "nobody was granted the lock within " + bound);
		}
		Client next = this.granted.remove();
		if (!this.granted.isEmpty()) {
			throw new IllegalStateException("more than one client holds the lock");
		}
		return next;
	}

	private void read(long end, String tooLate) throws IOException {
		long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
		if (left <= 0) {
			throw new IllegalStateException(tooLate);
		}
		this.selector.select(left);
		for (Iterator<SelectionKey> keys = this.selector.selectedKeys().iterator(); keys.hasNext();) {
			SelectionKey key = keys.next();
			keys.remove();
			read((Client) key.attachment());
		}
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
			client.granted(Long.parseLong(token.group(1)));
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

		private int acquisition;

		private long sentAt;

		Client(SocketChannel channel, UUID lease) {
			this.channel = channel;
			this.lease = lease;
		}

		void acquire() throws IOException {
			String metadata = "";
			if (HttpWaiters.this.witness != null) {
				this.acquisition = HttpWaiters.this.witness.called("waiter", HttpWaiters.this.lock, WAIT);
				metadata = ",\"metadata\":" + Witness.metadata(this.acquisition);
			}
			this.sentAt = System.nanoTime();
			send("PUT", "{\"owner\":\"waiter\",\"ttl\":\"" + TTL + "\",\"wait\":\"" + WAIT + "\"" + metadata + "}");
		}

		void granted(long token) {
			grew(token);
			if (HttpWaiters.this.witness != null) {
				HttpWaiters.this.witness.granted(this.acquisition, HttpWaiters.this.lock, this.lease, token,
						this.sentAt + TTL.toNanos());
			}
		}

		void release() throws IOException {
			if (HttpWaiters.this.witness != null) {
				HttpWaiters.this.witness.releaseSent(this.acquisition);
			}
			send("DELETE", "");
		}

		private void send(String method, String body) throws IOException {
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
