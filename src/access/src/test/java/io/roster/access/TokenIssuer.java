package io.roster.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues JSON Web Tokens with a key pair of its own, and shows the public key in a JWK
 * set at an address of this machine.
 */
public final class TokenIssuer implements AutoCloseable {

	/** Whom the tokens are for. */
	public static final String AUDIENCE = "roster";

	private static final JsonMapper json = JsonMapper.builder().build();

	private final KeyPair keys;

	private final HttpServer server;

	private TokenIssuer(KeyPair keys, HttpServer server) {
		this.keys = keys;
		this.server = server;
	}

	/**
	 * Begins to show its key.
	 */
	public static TokenIssuer start() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			KeyPair keys = generator.generateKeyPair();
			byte[] set = json.writeValueAsBytes(Map.of("keys", List.of(jwk((RSAPublicKey) keys.getPublic()))));
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/jwks", (exchange) -> {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, set.length);
				exchange.getResponseBody().write(set);
				exchange.close();
			});
			server.start();
			return new TokenIssuer(keys, server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, String> jwk(RSAPublicKey key) {
		return Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", "test", "n",
				encode(unsigned(key.getModulus())), "e", encode(unsigned(key.getPublicExponent())));
	}

	private static byte[] unsigned(BigInteger number) {
		byte[] bytes = number.toByteArray();
		return (bytes[0] == 0) ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
	}

	/**
	 * The properties, as {@code name=value}, of a service that trusts this issuer.
	 */
	public String[] properties() {
		return new String[] { "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + keys(),
				"spring.security.oauth2.resourceserver.jwt.audiences=" + AUDIENCE };
	}

	/**
	 * Where the keys are.
	 */
	public String keys() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/jwks";
	}

	/**
	 * A token that is good for five minutes.
	 */
	public String token(String subject, String... roles) {
		return sign(claims(subject, Duration.ofMinutes(5), List.of(roles)));
	}

	/**
	 * A token that was good until five minutes ago.
	 */
	public String expired(String subject, String... roles) {
		return sign(claims(subject, Duration.ofMinutes(-5), List.of(roles)));
	}

	/**
	 * The claims of a good token, to be changed.
	 */
	public static Map<String, Object> claims(String subject, Duration expiresIn, Object roles) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("sub", subject);
		claims.put("aud", AUDIENCE);
		claims.put("exp", Instant.now().plus(expiresIn).getEpochSecond());
		claims.put("roles", roles);
		return claims;
	}

	/**
	 * Signs any claims with RS256.
	 */
	public String sign(Map<String, Object> claims) {
		String content = content("RS256", claims);
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(content.getBytes(StandardCharsets.US_ASCII));
			return content + "." + encode(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The part of a token before its signature.
	 */
	static String content(String algorithm, Map<String, Object> claims) {
		return encode(json.writeValueAsBytes(Map.of("alg", algorithm, "kid", "test"))) + "."
				+ encode(json.writeValueAsBytes(claims));
	}

	byte[] publicKey() {
		return this.keys.getPublic().getEncoded();
	}

	static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
