package io.roster.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The content of an instance's znode. What is written is the JSON of Curator's
 * {@code JsonInstanceSerializer} (in its compatible mode) with the payload class of
 * Spring Cloud ZooKeeper. What is read may be that, {@code host:port}, or anything at
 * all.
 */
final class InstanceFormat {

	/** Named, not linked: nothing in here depends on Spring. */
	private static final String PAYLOAD_CLASS = "org.springframework.cloud.zookeeper.discovery.ZookeeperInstance";

	/**
	 * What one instance may write, in bytes. More than 1 MB ({@code jute.maxbuffer})
	 * would close the connection each time; this leaves room for reading several at once.
	 */
	static final int LARGEST = 100_000;

	private static final ObjectMapper MAPPER = new ObjectMapper();

	private InstanceFormat() {
	}

	/**
	 * Writes an instance.
	 * @param service the service
	 * @param registrationId tells this registration from all others
	 * @param since when it was asked for
	 * @param data what the instance says
	 * @return JSON in UTF-8
	 * @throws IllegalArgumentException if it would be larger than {@link #LARGEST}
	 */
	static byte[] write(String service, String registrationId, Instant since, InstanceData data) {
		return write(service, registrationId, since, data, UriSpec.parse(UriSpec.DEFAULT));
	}

	/** The same with another way to build the address. */
	static byte[] write(String service, String registrationId, Instant since, InstanceData data, UriSpec uriSpec) {
		ObjectNode root = MAPPER.createObjectNode();
		root.put("name", service).put("id", registrationId);
		root.put("address", data.address()).put("port", data.port());
		// Spring Cloud ZooKeeper takes an instance with an sslPort for a secure one, and
		// builds its URI from the port all the same.
		root.put("sslPort", data.secure() ? data.port() : null);
		root.set("payload", payload(service, registrationId, data));
		root.put("registrationTimeUTC", since.toEpochMilli()).put("serviceType", "DYNAMIC");
		root.set("uriSpec", uriSpec(uriSpec));
		byte[] bytes = bytes(root);
		if (bytes.length > LARGEST) {
			throw new InstanceTooLargeException("what an instance of " + service + " says about itself takes "
					+ bytes.length + " bytes, and at most " + LARGEST + " are taken: shorten its metadata");
		}
		return bytes;
	}

	private static ObjectNode payload(String service, String registrationId, InstanceData data) {
		ObjectNode payload = MAPPER.createObjectNode();
		payload.put("@class", PAYLOAD_CLASS).put("id", registrationId).put("name", service);
		ObjectNode metadata = payload.putObject("metadata");
		data.metadata().forEach(metadata::put);
		metadata.put(InstanceData.STATUS_KEY, data.status().name());
		return payload;
	}

	private static ObjectNode uriSpec(UriSpec uriSpec) {
		ObjectNode spec = MAPPER.createObjectNode();
		ArrayNode parts = spec.putArray("parts");
		uriSpec.parts()
			.forEach((part) -> parts.addObject().put("value", part.value()).put("variable", part.variable()));
		return spec;
	}

	/**
	 * Changes what stands in a node, and nothing else in it.
	 * @param bytes what stands there
	 * @param edit what is to be different
	 * @return what is to be written instead
	 * @throws IllegalArgumentException if nothing of that form stands there, or it would
	 * be larger than {@link #LARGEST}
	 */
	static byte[] edit(byte[] bytes, InstanceEdit edit) {
		ObjectNode root = json(bytes).filter(ObjectNode.class::isInstance)
			.map(ObjectNode.class::cast)
			.orElseThrow(() -> new IllegalArgumentException("its data is of another program's form, without a status"));
		ObjectNode metadata = object(object(root, "payload"), "metadata");
		edit.metadata().forEach((key, value) -> {
			if (value != null) {
				metadata.put(key, value);
			}
			else {
				metadata.remove(key);
			}
		});
		if (edit.status() != null) {
			metadata.put(InstanceData.STATUS_KEY, edit.status().name());
		}
		byte[] after = bytes(root);
		if (after.length > LARGEST) {
			throw new InstanceTooLargeException("its data would take " + after.length + " bytes, and at most " + LARGEST
					+ " are taken: shorten the metadata");
		}
		return after;
	}

	private static ObjectNode object(ObjectNode parent, String name) {
		JsonNode child = parent.path(name);
		if (child.isObject()) {
			return (ObjectNode) child;
		}
		if (child.isMissingNode() || child.isNull()) {
			return parent.putObject(name);
		}
		throw new IllegalArgumentException("its data has a " + name + " of another program's form");
	}

	private static byte[] bytes(JsonNode node) {
		try {
			return MAPPER.writeValueAsBytes(node);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what any program may have written.
	 * @param bytes any bytes
	 * @return what could be understood; never an exception
	 */
	static InstanceData read(byte[] bytes) {
		return content(bytes).data();
	}

	/**
	 * Reads what any program may have written, and which registration it was.
	 * @param bytes any bytes
	 * @return what could be understood; never an exception
	 */
	static InstanceContent content(byte[] bytes) {
		return json(bytes).map((root) -> new InstanceContent(fromJson(root), id(root)))
			.or(() -> text(bytes).flatMap(Endpoint::parse)
				.map((at) -> new InstanceContent(InstanceData.at(at.address(), at.port()), null)))
			.orElse(InstanceContent.NONE);
	}

	private static @Nullable String id(JsonNode root) {
		String id = root.path("id").textValue();
		return (id != null && !id.isBlank()) ? id : null;
	}

	/**
	 * Reads which registration wrote a node.
	 * @param bytes any bytes
	 * @return the id that was given to {@link #write}, if there is one
	 */
	static Optional<String> registrationId(byte[] bytes) {
		return json(bytes).map(InstanceFormat::id);
	}

	private static Optional<JsonNode> json(byte[] bytes) {
		if (!startsAsObject(bytes)) {
			return Optional.empty();
		}
		try {
			return Optional.of(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
		}
		catch (IOException ex) {
			// Not JSON: a member all the same, as text or as nothing.
			return Optional.empty();
		}
	}

	/** Spares the parser the garbage. */
	private static boolean startsAsObject(byte[] bytes) {
		for (byte each : bytes) {
			if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
				return each == '{';
			}
		}
		return false;
	}

	private static Optional<String> text(byte[] bytes) {
		if (bytes.length > Endpoint.LONGEST) {
			return Optional.empty();
		}
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	private static InstanceData fromJson(JsonNode root) {
		Map<String, String> metadata = metadata(root.path("payload").path("metadata"));
		boolean enabled = root.path("enabled").asBoolean(true);
		InstanceStatus status = enabled ? InstanceStatus.read(metadata.getOrDefault(InstanceData.STATUS_KEY, ""))
				: InstanceStatus.OUT_OF_SERVICE;
		boolean secure = root.hasNonNull("sslPort");
		JsonNode port = secure ? root.path("sslPort") : root.path("port");
		return Endpoint.of(root.path("address").textValue(), number(port))
			.map((at) -> new InstanceData(at.address(), at.port(), secure, status, metadata))
			.orElseGet(() -> new InstanceData(null, null, secure, status, metadata));
	}

	/** A port that is no number is no port. */
	private static int number(JsonNode node) {
		return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : 0;
	}

	private static Map<String, String> metadata(JsonNode node) {
		Map<String, String> metadata = new LinkedHashMap<>();
		node.properties().forEach((entry) -> {
			JsonNode value = entry.getValue();
			if (!value.isNull()) {
				metadata.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
			}
		});
		return metadata;
	}

}
