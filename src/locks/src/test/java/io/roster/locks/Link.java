package io.roster.locks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A connection to a member that can be told to hold its answers and events back, which
 * makes its client lag, or its requests, to lose them, and to refuse new connections; it
 * notes the types of the requests.
 */
final class Link implements AutoCloseable {

	static final int CREATE = 15;

	static final int DELETE = 2;

	static final int READ = 4;

	static final int WRITE = 5;

	static final int SYNC = 9;

	static final int MULTI = 14;

	private static final Set<Integer> OF_LOCKS = Set.of(CREATE, 19, DELETE, READ, WRITE, SYNC, MULTI);

	private static final int NONE = Integer.MIN_VALUE;

	private final ServerSocket server;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Queue<Integer> requests = new ConcurrentLinkedQueue<>();

	private final Object gate = new Object();

	private boolean held;

	/** The type of the requests that are held back, with all behind them. */
	private int heldRequest = NONE;

	private volatile boolean refusing;

	Link(String connectString) throws IOException {
		this.target = Integer.parseInt(connectString.substring(connectString.lastIndexOf(':') + 1));
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	String connectString() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	/** The client hears nothing any more, until the answers pass or the link is cut. */
	void holdAnswers() {
		synchronized (this.gate) {
			this.held = true;
		}
	}

	void passAnswers() {
		synchronized (this.gate) {
			this.held = false;
			this.gate.notifyAll();
		}
	}

	/** The member hears nothing any more from the next request of this type on. */
	void hold(int type) {
		synchronized (this.gate) {
			this.heldRequest = type;
			this.gate.notifyAll();
		}
	}

	void passRequests() {
		synchronized (this.gate) {
			this.heldRequest = NONE;
			this.gate.notifyAll();
		}
	}

	/** Breaks the connections; what was held back is lost. */
	void cut() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		passAnswers();
		passRequests();
	}

	void refuse() throws IOException {
		this.refusing = true;
		cut();
	}

	void accepting() {
		this.refusing = false;
	}

	/** What was asked of the ensemble about locks since the last call of this. */
	List<Integer> takeRequests() {
		List<Integer> taken = new ArrayList<>();
		for (Integer next = this.requests.poll(); next != null; next = this.requests.poll()) {
			taken.add(next);
		}
		return taken;
	}

	/** What was asked since the last {@link #takeRequests}. */
	List<Integer> requests() {
		return List.copyOf(this.requests);
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			if (this.refusing) {
				client.close();
				continue;
			}
			Socket member = new Socket(InetAddress.getLoopbackAddress(), this.target);
			client.setTcpNoDelay(true);
			member.setTcpNoDelay(true);
			this.sockets.add(client);
			this.sockets.add(member);
			start(() -> upstream(client, member));
			start(() -> downstream(member, client));
		}
	}

	private void upstream(Socket client, Socket member) throws IOException, InterruptedException {
		try (client; member) {
			DataInputStream in = new DataInputStream(client.getInputStream());
			DataOutputStream out = new DataOutputStream(member.getOutputStream());
			boolean connected = false;
			while (true) {
				byte[] frame = new byte[in.readInt()];
				in.readFully(frame);
				if (connected) {
					int type = ByteBuffer.wrap(frame).getInt(4);
					if (OF_LOCKS.contains(type)) {
						this.requests.add(type);
					}
					synchronized (this.gate) {
						while (this.heldRequest == type && !client.isClosed()) {
							this.gate.wait();
						}
					}
				}
				connected = true;
				ByteBuffer message = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame);
				out.write(message.array());
				out.flush();
			}
		}
	}

	private void downstream(Socket member, Socket client) throws IOException, InterruptedException {
		try (client; member) {
			InputStream in = member.getInputStream();
			OutputStream out = client.getOutputStream();
			byte[] buffer = new byte[8192];
			for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
				synchronized (this.gate) {
					while (this.held && !client.isClosed()) {
						this.gate.wait();
					}
				}
				out.write(buffer, 0, read);
				out.flush();
			}
		}
	}

	private void start(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.run();
			}
			catch (IOException ex) {
				// The connection has ended.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "link");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	private interface Step {

		void run() throws IOException, InterruptedException;

	}

}
