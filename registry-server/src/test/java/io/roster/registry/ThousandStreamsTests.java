package io.roster.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As many readers as one replica is to serve, each on a connection of its own; the test
 * reads all of them on one thread.
 */
class ThousandStreamsTests extends RegistryTest {

	private static final int STREAMS = 1_000;

	private static final Duration BOUND = Duration.ofSeconds(60);

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	@Test
	void oneChangeReachesAThousandStreams() throws Exception {
		List<Reader> readers = new ArrayList<>();
		try (Selector selector = Selector.open()) {
			for (int i = 0; i < STREAMS; i++) {
				readers.add(open(selector));
			}
			readUntil(selector, readers, (reader) -> reader.has("event:snapshot"));
			String id = this.nodes.add("thousand", 9001);
			readUntil(selector, readers, (reader) -> reader.has("event:added") && reader.has(id));
			assertThat(this.api.get("/actuator/prometheus").body()).contains("roster_streams_open 1");
		}
		finally {
			for (Reader reader : readers) {
				reader.channel.close();
			}
		}
	}

	private Reader open(Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
		channel.write(ByteBuffer
			.wrap("GET /api/v1/services/thousand/stream HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
		channel.configureBlocking(false);
		Reader reader = new Reader(channel);
		channel.register(selector, SelectionKey.OP_READ, reader);
		return reader;
	}

	private void readUntil(Selector selector, List<Reader> readers, Predicate<Reader> condition) throws IOException {
		long end = System.nanoTime() + BOUND.toNanos();
		while (!readers.stream().allMatch(condition)) {
			assertThat(System.nanoTime() - end)
				.as("%d of %d readers have it", readers.stream().filter(condition).count(), readers.size())
				.isNegative();
			selector.select(1_000);
			for (SelectionKey key : selector.selectedKeys()) {
				((Reader) key.attachment()).read(this.buffer);
			}
			selector.selectedKeys().clear();
		}
	}

	/** A stream and what has come of it. */
	private static final class Reader {

		private final SocketChannel channel;

		private final StringBuilder text = new StringBuilder();

		Reader(SocketChannel channel) {
			this.channel = channel;
		}

		void read(ByteBuffer buffer) throws IOException {
			buffer.clear();
			assertThat(this.channel.read(buffer)).as("a stream that ended: %s", this.text).isPositive();
			this.text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
		}

		boolean has(String part) {
			return this.text.indexOf(part) >= 0;
		}

	}

}
