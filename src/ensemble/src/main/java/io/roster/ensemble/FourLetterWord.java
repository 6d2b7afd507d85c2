package io.roster.ensemble;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * ZooKeeper's four-letter words over the client port. Each is a connection of its own,
 * which the server closes after its answer.
 */
final class FourLetterWord {

	/** What a member says that runs but has found no leader. */
	private static final String NOT_SERVING = "not currently serving requests";

	private static final String NOT_ALLOWED = "is not executed because it is not in the whitelist";

	private static final int MAX_ANSWER = 1 << 20;

	private FourLetterWord() {
	}

	/**
	 * Asks, and blocks until the answer is there.
	 * @param address the member
	 * @param word the four letters
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 * @return the answer
	 * @throws IOException if there is none in time
	 */
	static Answer ask(MemberAddress address, String word, long deadline) throws IOException {
		InetSocketAddress resolved = address.resolve();
		if (resolved.isUnresolved()) {
			throw new UnknownHostException(address.host());
		}
		try (Socket socket = new Socket()) {
			socket.connect(resolved, remainingMillis(deadline));
			socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			return new Answer(readAll(socket, deadline));
		}
	}

	private static String readAll(Socket socket, long deadline) throws IOException {
		StringBuilder answer = new StringBuilder();
		byte[] buffer = new byte[4096];
		while (answer.length() < MAX_ANSWER) {
			socket.setSoTimeout(remainingMillis(deadline));
			int read = socket.getInputStream().read(buffer);
			if (read < 0) {
				break;
			}
			answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
		}
		return answer.toString();
	}

	private static int remainingMillis(long deadline) throws SocketTimeoutException {
		long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
		if (millis < 1) {
			throw new SocketTimeoutException("No answer in time");
		}
		return (int) Math.min(millis, Integer.MAX_VALUE);
	}

	/**
	 * What came back.
	 *
	 * @param text all of it
	 */
	record Answer(String text) {

		boolean isServing() {
			return !this.text.contains(NOT_SERVING);
		}

		boolean isAllowed() {
			return !this.text.contains(NOT_ALLOWED);
		}

		boolean isUseful() {
			return isServing() && isAllowed() && !this.text.isBlank();
		}

	}

}
