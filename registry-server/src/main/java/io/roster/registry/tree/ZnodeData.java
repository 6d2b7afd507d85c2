package io.roster.registry.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import io.roster.registry.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The data of a znode as text: bytes that are no UTF-8 are written in Base64 (RFC 4648,
 * section 4), so that any data survives JSON.
 *
 * @param data the text, {@code null} for a znode without data
 * @param encoding {@code utf-8} or {@code base64}
 */
record ZnodeData(@Nullable String data, String encoding) {

	static final String UTF_8 = "utf-8";

	static final String BASE64 = "base64";

	static ZnodeData of(byte @Nullable [] bytes) {
		if (bytes == null) {
			return new ZnodeData(null, UTF_8);
		}
		try {
			return new ZnodeData(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), UTF_8);
		}
		catch (CharacterCodingException ex) {
			return inBase64(bytes);
		}
	}

	static ZnodeData inBase64(byte[] bytes) {
		return new ZnodeData(Base64.getEncoder().encodeToString(bytes), BASE64);
	}

	/**
	 * Reads what a client sent.
	 * @param data the text; absent means none
	 * @param encoding how it is written; absent means as UTF-8
	 * @return the bytes
	 * @throws InvalidRequestException if it is not written so
	 */
	static byte[] parse(@Nullable String data, @Nullable String encoding) {
		String text = (data != null) ? data : "";
		return switch ((encoding != null) ? encoding.toLowerCase(Locale.ROOT) : UTF_8) {
			case UTF_8 -> utf8(text);
			case BASE64 -> base64(text);
			default -> throw new InvalidRequestException("encoding",
					"encoding is utf-8 or base64, and not '" + encoding + "'.");
		};
	}

	private static byte[] utf8(String text) {
		ByteBuffer bytes;
		try {
			bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
		}
		catch (CharacterCodingException ex) {
			throw new InvalidRequestException("data", "data has half of a character; send bytes as base64.");
		}
		byte[] exact = new byte[bytes.remaining()];
		bytes.get(exact);
		return exact;
	}

	private static byte[] base64(String text) {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException("data", "data is no Base64: " + ex.getMessage() + ".");
		}
	}

}
