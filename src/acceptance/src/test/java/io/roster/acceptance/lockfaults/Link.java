package io.roster.acceptance.lockfaults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The way from a replica to one member. It can be cut (connections break and are
 * refused), stalled (nothing passes, and all of it passes later, as with packets that are
 * sent again), and slow in one direction or both.
 */
final class Link implements AutoCloseable {

	private static final int CONNECT_MS = 2_000;

	private final ServerSocket server;

	private final InetSocketAddress member;

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	// Everything below is guarded by this.

	private boolean cut;

	private boolean stalled;

	private Duration delayToMember = Duration.ZERO;

	private Duration delayToReplica = Duration.ZERO;

	/**
	 * Opens a way to a member.
	 * @param member its {@code host:port}
	 */
	Link(String member) {
		int colon = member.lastIndexOf(':');
		this.member = new InetSocketAddress(member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	String address() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	void cut() {
		synchronized (this) {
			this.cut = true;
		}
		this.lines.forEach(Line::close);
	}

	synchronized void stall() {
		this.stalled = true;
	}

	synchronized void delay(Duration toMember, Duration toReplica) {
		this.delayToMember = toMember;
		this.delayToReplica = toReplica;
	}

	/** Ends whatever was done to it. */
	synchronized void heal() {
		this.cut = false;
		this.stalled = false;
		delay(Duration.ZERO, Duration.ZERO);
		notifyAll();
	}

	private synchronized boolean isCut() {
		return this.cut;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket replica = this.server.accept();
				start(() -> connect(replica));
			}
			catch (IOException ex) {
				// The replica has gone, or this is closed.
			}
		}
	}

	private void connect(Socket replica) {
		Socket upstream = new Socket();
		try {
			upstream.connect(this.member, CONNECT_MS);
			upstream.setTcpNoDelay(true);
			replica.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			// The member is away, and the replica is told so below.
		}
		Line line = new Line(replica, upstream);
		this.lines.add(line);
		if (isCut() || !upstream.isConnected()) {
			line.close();
			return;
		}
		start(() -> line.pump(true));
		line.pump(false);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "link");
		thread.setDaemon(true);
		thread.start();
	}

	/** Waits while nothing passes. */
	private synchronized void pass(boolean toMember, Line line) throws InterruptedException {
		long delay = (toMember ? this.delayToMember : this.delayToReplica).toNanos();
		long due = System.nanoTime() + delay;
		while (!line.closed && (this.stalled || System.nanoTime() - due < 0)) {
			wait(this.stalled ? 0 : Math.max(1, (due - System.nanoTime()) / 1_000_000));
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.lines.forEach(Line::close);
	}

	/** A connection of the replica to the member. */
	private final class Line {

		private final Socket replica;

		private final Socket upstream;

		private volatile boolean closed;

		private Line(Socket replica, Socket upstream) {
			this.replica = replica;
			this.upstream = upstream;
		}

		private void pump(boolean toMember) {
			byte[] buffer = new byte[8192];
			try {
				InputStream in = (toMember ? this.replica : this.upstream).getInputStream();
				OutputStream out = (toMember ? this.upstream : this.replica).getOutputStream();
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					pass(toMember, this);
					out.write(buffer, 0, read);
				}
				pass(toMember, this);
			}
			catch (IOException ex) {
				// One side has gone, and the other one is told so.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			close();
		}

		private void close() {
			Link.this.lines.remove(this);
			try (this.replica; this.upstream) {
				this.closed = true;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			synchronized (Link.this) {
				Link.this.notifyAll();
			}
		}

	}

}
