package io.roster.acceptance.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Many open streams of server-sent events, read by one thread that looks for a word in
 * each.
 */
final class EventStreams implements AutoCloseable {

	private static final int LONGEST_WORD = 64;

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	private final int count;

	EventStreams(URI uri, int count) throws IOException {
		this.count = count;
		byte[] request = ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
				+ "\r\nAccept: text/event-stream\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < count; i++) {
			SocketChannel channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
			channel.write(ByteBuffer.wrap(request));
			channel.configureBlocking(false);
			channel.register(this.selector, SelectionKey.OP_READ, new Reader());
		}
	}

	/**
	 * Reads until every stream has had a word, and forgets what comes before it.
	 * @param word up to 64 characters
	 * @param boundNanos how long to wait at most
	 * @return {@link System#nanoTime()} when the last one had it
	 */
	long awaitAll(String word, long boundNanos) throws IOException {
		long end = System.nanoTime() + boundNanos;
		int missing = this.count;
		while (missing > 0) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(missing + " of " + this.count + " streams have not had " + word);
			}
			this.selector.select(100);
			Iterator<SelectionKey> ready = this.selector.selectedKeys().iterator();
			while (ready.hasNext()) {
				SelectionKey key = ready.next();
				ready.remove();
				if (((Reader) key.attachment()).read((SocketChannel) key.channel(), word)) {
					missing--;
				}
			}
		}
		return System.nanoTime();
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	private final class Reader {

		private String tail = "";

		private String had = "";

		/** Whether the word came for the first time. */
		boolean read(SocketChannel channel, String word) throws IOException {
			ByteBuffer into = EventStreams.this.buffer.clear();
			if (channel.read(into) < 0) {
				throw new IOException("a stream has ended");
			}
			String text = this.tail + new String(into.array(), 0, into.position(), StandardCharsets.ISO_8859_1);
			this.tail = text.substring(Math.max(0, text.length() - LONGEST_WORD));
			if (this.had.equals(word) || !text.contains(word)) {
				return false;
			}
			this.had = word;
			return true;
		}

	}

}
