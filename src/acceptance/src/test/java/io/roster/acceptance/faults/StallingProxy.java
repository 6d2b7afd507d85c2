package io.roster.acceptance.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between clients and a member. It can cut them off, and it can let connections
 * stall: they stay open, and nothing passes any more, as when packets vanish on the way.
 */
final class StallingProxy implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private volatile boolean cut;

	StallingProxy(String target) {
		this.target = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
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

	/**
	 * Stalls the connections that there are; new ones work.
	 * @return how many
	 */
	int stall() {
		List<Line> open = this.lines.stream().filter((line) -> !line.stalled).toList();
		open.forEach((line) -> line.stalled = true);
		return open.size();
	}

	/** Ends all connections, and takes none until it is mended. */
	void cut() {
		this.cut = true;
		this.lines.forEach(Line::close);
	}

	/** Takes connections again. */
	void mend() {
		this.cut = false;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				if (this.cut) {
					client.close();
					continue;
				}
				try {
					new Line(client, new Socket(InetAddress.getLoopbackAddress(), this.target)).open();
				}
				catch (IOException ex) {
					// The member is away, and the client is told so.
					client.close();
				}
			}
			catch (IOException ex) {
				// The client has gone, or this proxy is closed.
			}
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "stalling-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Line line : this.lines) {
			line.close();
		}
	}

	/** A connection of a client to the member. */
	private final class Line {

		private final Socket client;

		private final Socket member;

		private volatile boolean stalled;

		private Line(Socket client, Socket member) {
			this.client = client;
			this.member = member;
		}

		private void open() {
			StallingProxy.this.lines.add(this);
			start(() -> pump(this.client, this.member));
			start(() -> pump(this.member, this.client));
		}

		private void pump(Socket from, Socket to) {
			byte[] buffer = new byte[8192];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					if (!this.stalled) {
						out.write(buffer, 0, read);
					}
				}
				closeUnlessStalled();
			}
			catch (IOException ex) {
				closeUnlessStalled();
			}
		}

		/** The end of one side does not reach the other one over a stalled line. */
		private void closeUnlessStalled() {
			if (!this.stalled) {
				StallingProxy.this.lines.remove(this);
				close();
			}
		}

		private void close() {
			try (this.client; this.member) {
				this.stalled = true;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
