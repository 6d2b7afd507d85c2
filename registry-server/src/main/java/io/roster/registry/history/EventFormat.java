package io.roster.registry.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.roster.coordination.Node;
import io.roster.registry.history.InstanceWatch.Standing;
import lombok.extern.slf4j.Slf4j;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How events, and what stands, are written down: JSON, compressed.
 */
@Slf4j
final class EventFormat {

	/** A later version may write more. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private EventFormat() {
	}

	static byte[] events(List<Entry> events) {
		return packed(events);
	}

	static byte[] standing(Collection<Standing> standing) {
		return packed(standing);
	}

	/**
	 * Reads events. One that nobody saw happen has the transaction that wrote it down: it
	 * is later than all that was told before, and the same for all replicas.
	 */
	static List<Entry> events(Node node) {
		return Arrays.stream(read(node, Entry[].class, new Entry[0])).map((entry) -> dated(entry, node)).toList();
	}

	private static Entry dated(Entry entry, Node node) {
		return (entry.zxid() != Node.UNKNOWN) ? entry : new Entry(node.czxid(), entry.at(), entry.path(), entry.czxid(),
				entry.service(), entry.change(), entry.cause(), entry.status());
	}

	static List<Standing> standing(Node node) {
		return List.of(read(node, Standing[].class, new Standing[0]));
	}

	private static byte[] packed(Collection<?> values) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
			packed.write(JSON.writeValueAsBytes(values));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("memory cannot be written", ex);
		}
		return bytes.toByteArray();
	}

	private static <T> T read(Node node, Class<T> type, T none) {
		byte[] data = node.data();
		if (data == null) {
			return none;
		}
		try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(data))) {
			T value = JSON.readValue(packed, type);
			return (value != null) ? value : none;
		}
		catch (IOException | JacksonException ex) {
			log.warn("{} is no record of the history, and is left out", node.path(), ex);
			return none;
		}
	}

}
