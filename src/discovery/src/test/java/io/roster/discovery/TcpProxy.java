package io.roster.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a member, and can keep the answers, keep the requests, or
 * cut the line.
 */
final class TcpProxy implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean refusing;

	private volatile boolean keepingAnswers;

	private volatile boolean keepingRequests;

	TcpProxy(String target) {
		this.target = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	String connectString() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	void keepAnswers() {
		this.keepingAnswers = true;
	}

	void keepRequests() {
		this.keepingRequests = true;
	}

	/** Cuts all lines; no new one is taken until {@link #mend()}. */
	void cut() {
		this.refusing = true;
		this.sockets.forEach(TcpProxy::close);
	}

	void mend() {
		this.keepingAnswers = false;
		this.keepingRequests = false;
		this.refusing = false;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				if (this.refusing) {
					close(client);
				}
				else {
					join(client, new Socket(InetAddress.getLoopbackAddress(), this.target));
				}
			}
			catch (IOException ex) {
				// The member is away, or this proxy is closed: the client tries again.
			}
		}
	}

	private void join(Socket client, Socket member) {
		this.sockets.add(client);
		this.sockets.add(member);
		start(() -> pump(client, member, true));
		start(() -> pump(member, client, false));
	}

	private void pump(Socket from, Socket to, boolean requests) {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (!(requests ? this.keepingRequests : this.keepingAnswers)) {
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException ex) {
			// The line was cut, which is what this is for.
		}
		finally {
			close(from);
			close(to);
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		cut();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
