package io.roster.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;

/**
 * One line for each request that is not safe, with what it has to say as key-value pairs
 * too: {@code principal} and {@code role} (absent where there are no valid credentials),
 * {@code method}, {@code path} (as it was sent, without the query), {@code status},
 * {@code outcome} ({@code done}, {@code refused} or {@code failed}) and {@code remote}.
 * Neither bodies nor headers are in it.
 */
final class AuditLog {

	private static final Logger log = LoggerFactory.getLogger("io.roster.audit");

	/** What is done again and again while nothing changes hands, to be silenced alone. */
	private static final Logger renewals = LoggerFactory.getLogger("io.roster.audit.renewals");

	private static final int MAX_PATH_CHARS = 1024;

	private AuditLog() {
	}

	/**
	 * Writes the line.
	 * @param call what was called
	 * @param caller who called it; {@code null} if nobody knows
	 * @param status the status of the answer
	 */
	static void write(Call call, @Nullable Caller caller, int status) {
		String outcome = outcome(status);
		Logger logger = (call.renewal && status < HttpStatus.BAD_REQUEST.value()) ? renewals : log;
		String role = (caller != null && caller.role() != null) ? caller.role().text() : null;
		var event = logger.atInfo();
		if (caller != null) {
			event = event.addKeyValue("principal", caller.name());
		}
		if (role != null) {
			event = event.addKeyValue("role", role);
		}
		event.addKeyValue("method", call.method)
			.addKeyValue("path", call.path)
			.addKeyValue("status", status)
			.addKeyValue("outcome", outcome)
			.addKeyValue("remote", call.remote)
			.log("{} {} by {} ({}) from {}: {} {}", call.method, call.path,
					(caller != null) ? caller.name() : "somebody unknown", (role != null) ? role : "no role",
					call.remote, status, outcome);
	}

	private static String outcome(int status) {
		if (status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
			return "failed";
		}
		return (status >= HttpStatus.BAD_REQUEST.value()) ? "refused" : "done";
	}

	/**
	 * What is called, noted before the request is gone.
	 *
	 * @param method the method
	 * @param path the path as it was sent, or the beginning of a long one
	 * @param remote the address of the client, or of the proxy before it
	 * @param renewal whether it keeps alive what there is
	 */
	record Call(String method, String path, String remote, boolean renewal) {

		static Call of(HttpServletRequest request, boolean renewal) {
			String path = request.getRequestURI();
			return new Call(request.getMethod(), path.substring(0, Math.min(path.length(), MAX_PATH_CHARS)),
					request.getRemoteAddr(), renewal);
		}

	}

}
