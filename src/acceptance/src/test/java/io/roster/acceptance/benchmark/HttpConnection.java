package io.roster.acceptance.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A connection that is kept, with one request at a time on it. No client library: the
 * processors are the ones that are measured, and a library takes more of them than the
 * service.
 */
final class HttpConnection implements AutoCloseable {

	private static final int OK = 200;

	private final URI service;

	private final StringBuilder line = new StringBuilder();

	private Socket socket;

	private InputStream input;

	HttpConnection(URI service) throws IOException {
		this.service = service;
		this.socket = connect();
		this.input = new BufferedInputStream(this.socket.getInputStream());
	}

	private Socket connect() throws IOException {
		Socket connected = new Socket(InetAddress.getByName(this.service.getHost()), this.service.getPort());
		connected.setTcpNoDelay(true);
		return connected;
	}

	Answer send(String method, String path, String body) throws IOException {
		String request = method + " " + path + " HTTP/1.1\r\nHost: " + this.service.getAuthority()
				+ "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		return read();
	}

	private Answer read() throws IOException {
		int status = Integer.parseInt(line().substring("HTTP/1.1 ".length()).substring(0, 3));
		int length = -1;
		boolean last = false;
		boolean chunked = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring("content-length:".length()).strip());
			}
			chunked |= lower.equals("transfer-encoding: chunked");
			last |= lower.equals("connection: close");
		}
		String body = chunked ? chunks() : text(Math.max(length, 0));
		if (last) {
			this.socket.close();
			this.socket = connect();
			this.input = new BufferedInputStream(this.socket.getInputStream());
		}
		return new Answer(status, body);
	}

	private String chunks() throws IOException {
		StringBuilder body = new StringBuilder();
		for (int size = Integer.parseInt(line(), 16);; size = Integer.parseInt(line(), 16)) {
			body.append(text(size));
			line();
			if (size == 0) {
				return body.toString();
			}
		}
	}

	private String text(int length) throws IOException {
		byte[] bytes = this.input.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the service has closed the connection in an answer");
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		this.line.setLength(0);
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next < 0) {
				throw new EOFException("the service has closed the connection");
			}
			if (next != '\r') {
				this.line.append((char) next);
			}
		}
		return this.line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An answer.
	 */
	record Answer(int status, String body) {

		boolean ok() {
			return this.status == OK;
		}

	}

}
