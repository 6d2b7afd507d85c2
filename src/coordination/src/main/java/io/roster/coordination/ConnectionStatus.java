package io.roster.coordination;

import java.time.Duration;

/**
 * How the connection to the ensemble stands, and what it has been through.
 *
 * @param connected whether there is a connection. A server that went silent is still
 * connected until two thirds of the session timeout have passed; what that means for the
 * data is said by {@link Mirror#stale()}
 * @param since for how long that has been so, on this machine's monotonic clock; before
 * the first connection it counts from the start
 * @param reconnects how often a lost connection came back, with the same session or with
 * a new one
 * @param sessionsLost how many sessions have ended without being closed: with each of
 * them all ephemeral nodes of this process
 * @param elections how many changes of leader were noticed, see
 * {@link Coordination#onElection(ElectionListener)}
 * @param epoch the epoch of the newest zxid that was seen; {@code -1} before the first
 */
public record ConnectionStatus(boolean connected, Duration since, long reconnects, long sessionsLost, long elections,
		long epoch) {
}
