package io.roster.coordination;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a member that can be cut, and stalled: then nothing passes and nobody is told.
 */
final class TcpProxy implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition resumed = this.lock.newCondition();

	private boolean stalled;

	private volatile InetSocketAddress target;

	private volatile boolean open = true;

	private TcpProxy(InetSocketAddress target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	static TcpProxy to(String hostAndPort) throws IOException {
		TcpProxy proxy = new TcpProxy(address(hostAndPort));
		start("proxy-accept", proxy::accept);
		return proxy;
	}

	private static InetSocketAddress address(String hostAndPort) {
		int colon = hostAndPort.lastIndexOf(':');
		return new InetSocketAddress(hostAndPort.substring(0, colon),
				Integer.parseInt(hostAndPort.substring(colon + 1)));
	}

	String connectString() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	/** Where the next connections go. */
	void redirect(String hostAndPort) {
		this.target = address(hostAndPort);
	}

	/** Breaks the connections, and refuses new ones until {@link #heal}. */
	void cut() {
		this.open = false;
		breakConnections();
	}

	void heal() {
		this.open = true;
	}

	void breakConnections() {
		this.sockets.forEach(TcpProxy::close);
	}

	void stall() {
		this.lock.lock();
		try {
			this.stalled = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	void resume() {
		this.lock.lock();
		try {
			this.stalled = false;
			this.resumed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				if (!this.open || !connect(client)) {
					close(client);
				}
			}
			catch (IOException ex) {
				close(this.server);
			}
		}
	}

	private boolean connect(Socket client) {
		Socket member = new Socket();
		try {
			member.connect(this.target);
		}
		catch (IOException ex) {
			// The member is down: the client hears so, and tries again.
			return false;
		}
		this.sockets.add(client);
		this.sockets.add(member);
		start("proxy-up", () -> pump(client, member));
		start("proxy-down", () -> pump(member, client));
		return true;
	}

	private void pump(Socket from, Socket to) {
		byte[] buffer = new byte[65536];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			int read = in.read(buffer);
			while (read >= 0) {
				awaitResumed();
				out.write(buffer, 0, read);
				read = in.read(buffer);
			}
		}
		catch (IOException ex) {
			// One side has gone, so the other goes too.
			return;
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private void awaitResumed() {
		this.lock.lock();
		try {
			while (this.stalled) {
				this.resumed.awaitUninterruptibly();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		resume();
		breakConnections();
	}

}
