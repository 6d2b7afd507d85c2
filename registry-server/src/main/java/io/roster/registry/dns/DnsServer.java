package io.roster.registry.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

/**
 * Takes queries by UDP on one thread, and by TCP on one for each connection, up to a
 * bound; a connection that is silent for too long is closed.
 */
@Slf4j
final class DnsServer implements AutoCloseable {

	private static final int TRIES = 20;

	private final DnsAnswers answers;

	private final DnsProperties properties;

	private final ExecutorService threads;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private @Nullable DatagramSocket udp;

	private @Nullable ServerSocket tcp;

	private volatile boolean closed;

	DnsServer(DnsAnswers answers, DnsProperties properties) {
		this.answers = answers;
		this.properties = properties;
		AtomicInteger number = new AtomicInteger();
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "roster-dns-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Binds both ports, which have the same number.
	 * @throws IllegalStateException if they cannot be bound
	 */
	void start() {
		ServerSocket listening = bind(TRIES);
		this.threads.execute(() -> accept(listening));
		log.info("DNS for {} on {}, port {}, UDP and TCP", this.properties.zone(), this.properties.address(), port());
	}

	private ServerSocket bind(int tries) {
		ServerSocket listening = null;
		try {
			InetAddress address = InetAddress.getByName(this.properties.address());
			listening = new ServerSocket();
			listening.setReuseAddress(true);
			listening.bind(new InetSocketAddress(address, this.properties.port()));
			DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress(address, listening.getLocalPort()));
			this.tcp = listening;
			this.udp = datagrams;
			this.threads.execute(() -> receive(datagrams));
			return listening;
		}
		catch (IOException ex) {
			close(listening);
			if (this.properties.port() == 0 && tries > 1) {
				// Free for TCP, and not for UDP.
				return bind(tries - 1);
			}
			throw new IllegalStateException("The DNS server cannot listen on " + this.properties.address() + ", port "
					+ this.properties.port() + ", UDP and TCP: " + ex.getMessage()
					+ ". Set roster.dns.port to a free one, or leave it out for no DNS server", ex);
		}
	}

	int port() {
		DatagramSocket socket = this.udp;
		return (socket != null) ? socket.getLocalPort() : -1;
	}

	private void receive(DatagramSocket socket) {
		byte[] buffer = new byte[DnsAnswers.LARGEST_TCP];
		while (!this.closed) {
			DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
			try {
				socket.receive(packet);
				byte[] answer = this.answers
					.udp(Arrays.copyOfRange(buffer, packet.getOffset(), packet.getOffset() + packet.getLength()));
				if (answer != null) {
					socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
			}
			catch (IOException | RuntimeException ex) {
				// One query that cannot be answered must not be the last one.
				failed("a query by UDP", ex);
			}
		}
	}

	private void failed(String what, Exception ex) {
		if (!this.closed) {
			log.warn("{} failed", what, ex);
		}
	}

	private void accept(ServerSocket listening) {
		while (!this.closed) {
			try {
				Socket connection = listening.accept();
				if (this.connections.size() >= this.properties.maxTcpConnections()) {
					connection.close();
					continue;
				}
				this.connections.add(connection);
				this.threads.execute(() -> serve(connection));
			}
			catch (IOException | RuntimeException ex) {
				failed("a connection by TCP", ex);
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setSoTimeout(Math.toIntExact(this.properties.tcpIdle().toMillis()));
			DataInputStream queries = new DataInputStream(connection.getInputStream());
			OutputStream out = connection.getOutputStream();
			for (int length = queries.read(); length >= 0 && !this.closed; length = queries.read()) {
				byte[] query = new byte[(length << 8) | queries.readUnsignedByte()];
				queries.readFully(query);
				byte[] answer = this.answers.tcp(query);
				if (answer == null) {
					return;
				}
				out.write(ByteBuffer.allocate(answer.length + 2).putShort((short) answer.length).put(answer).array());
				out.flush();
			}
		}
		catch (SocketTimeoutException ex) {
			log.debug("a connection was silent for too long", ex);
		}
		catch (IOException ex) {
			log.debug("a connection has ended", ex);
		}
		catch (RuntimeException ex) {
			failed("a query by TCP", ex);
		}
		finally {
			this.connections.remove(connection);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		close(this.tcp);
		if (this.udp != null) {
			this.udp.close();
		}
		this.connections.forEach(DnsServer::close);
		this.threads.shutdownNow();
	}

	private static void close(@Nullable AutoCloseable socket) {
		try {
			if (socket != null) {
				socket.close();
			}
		}
		catch (Exception ex) {
			log.debug("a socket did not close", ex);
		}
	}

}
