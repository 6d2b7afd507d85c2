package io.roster.registry.problem;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The kinds of errors that the registry server answers with. The name is part of the API:
 * {@code urn:roster:problem:not-found} is the type of {@link #NOT_FOUND}.
 */
public enum Problem {

	/** A path variable or a parameter is outside of what is allowed. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid",
			"Correct it and send it again; nothing was changed."),

	/** No such path. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path",
			"Check the path: /swagger-ui.html describes this API."),

	/** The path exists, with other methods. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not have that method",
			"Use one of the methods in the header Allow."),

	/** The client accepts nothing that the path has. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is not available in that form",
			"Accept application/json, or text/event-stream of a stream, in the header Accept."),

	/** The body is larger than the limit. */
	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large",
			"Send less; roster.access.max-body-size is the limit, and nothing was changed."),

	/** Nothing is known yet, which is not the same as knowing that there is nothing. */
	NOT_READ_YET(HttpStatus.SERVICE_UNAVAILABLE, "The registry has not been read yet",
			"Ask again after the time in the header Retry-After, here or at another replica."),

	/** A stream ends because its reader does not keep up. */
	READER_TOO_SLOW(HttpStatus.SERVICE_UNAVAILABLE, "The reader of this stream is too slow",
			"Connect again: the stream begins with a snapshot."),

	/** There is no instance with an id. */
	NO_SUCH_INSTANCE(HttpStatus.NOT_FOUND, "There is no such instance",
			"Read the list of its service again: it may be back under another id. Nothing was changed."),

	/** What stands in an instance's znode has no place for a status. */
	FOREIGN_INSTANCE(HttpStatus.CONFLICT, "The instance is another program's",
			"Change it with the program that has registered it; nothing was changed."),

	/** A registration over REST is no longer there. */
	INSTANCE_GONE(HttpStatus.GONE, "The instance is gone",
			"It has expired, or was removed: register it again, under a new id."),

	/** A registration belongs to another principal. */
	NOT_YOURS(HttpStatus.FORBIDDEN, "The instance is another principal's",
			"Use the credentials with which it was registered, or an operator's; nothing was changed."),

	/** There is no znode at a path, or no parent for a new one. */
	NO_SUCH_ZNODE(HttpStatus.NOT_FOUND, "There is no such znode",
			"Check the path, and make the parents first; nothing was changed."),

	/** A znode that is to be made is there. */
	ZNODE_EXISTS(HttpStatus.CONFLICT, "The znode exists", "Write to it, or choose another name; nothing was changed."),

	/** A znode that is to be deleted has children. */
	ZNODE_HAS_CHILDREN(HttpStatus.CONFLICT, "The znode has children",
			"Delete them first, or all of it with recursive=true; nothing was changed."),

	/** A znode that ends with its session has no children. */
	EPHEMERAL_PARENT(HttpStatus.CONFLICT, "An ephemeral znode has no children",
			"Choose another parent; nothing was changed."),

	/** A change was made on a version that stands no more. */
	STALE_VERSION(HttpStatus.PRECONDITION_FAILED, "The znode was changed in between",
			"Read it again and decide anew; nothing was changed."),

	/** There is no property of a name. */
	NO_SUCH_PROPERTY(HttpStatus.NOT_FOUND, "There is no such property",
			"Read the properties of the application again; nothing was changed."),

	/** A property was to be changed on a version that stands no more. */
	CONFIG_CHANGED(HttpStatus.PRECONDITION_FAILED, "The property was changed in between",
			"Read it again and decide anew; nothing was changed."),

	/** Something that others rely on was to be changed without saying so. */
	PROTECTED_ZNODE(HttpStatus.FORBIDDEN, "The znode is protected from accidents", "Nothing was changed."),

	/** The ACL of a znode does not let this server do it. */
	NOT_PERMITTED(HttpStatus.FORBIDDEN, "The ensemble does not permit it",
			"Its ACL must name this server's user; nothing was changed."),

	/** Larger than what ZooKeeper takes. */
	TOO_LARGE_FOR_ZOOKEEPER(HttpStatus.CONTENT_TOO_LARGE, "ZooKeeper does not take so much at once",
			"Its jute.maxbuffer is the limit, and nothing was changed."),

	/** No member of the ensemble answers. */
	ENSEMBLE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The ensemble cannot be reached",
			"Look what stands there, and ask again after the time in the header Retry-After."),

	/** The console's lock service gives no answer, or none that is one. */
	LOCK_SERVICE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The lock service cannot be reached",
			"Whether something was changed is not known: look at the queue before you ask again."),

	/** The console has no lock service. */
	NO_LOCK_SERVICE(HttpStatus.NOT_FOUND, "There is no lock service",
			"Say where it is with roster.console.lock-service."),

	/** An error of the registry server itself. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong in the registry server",
			"Its log has the cause."),

	/** Any other refusal, by its status alone. */
	REFUSED(HttpStatus.BAD_REQUEST, "The request was refused",
			"Correct the request and send it again; nothing was changed.");

	private final HttpStatus status;

	private final String title;

	private final String advice;

	Problem(HttpStatus status, String title, String advice) {
		this.status = status;
		this.title = title;
		this.advice = advice;
	}

	/**
	 * This kind of error.
	 * @return the body of the answer
	 */
	public ProblemDetail detail() {
		return withDetail(this.advice);
	}

	/**
	 * The same with what is wrong this time before the standing advice.
	 * @param fact what is wrong, as a sentence
	 * @return the body of the answer
	 */
	public ProblemDetail because(String fact) {
		return withDetail(fact + " " + this.advice);
	}

	/**
	 * The kind that stands for a status that something else than the API has chosen.
	 * @param status an HTTP status
	 * @return the body of an answer with exactly that status
	 */
	static ProblemDetail ofStatus(int status) {
		ProblemDetail problem = Arrays.stream(values())
			.filter((candidate) -> candidate.status.value() == status)
			.findFirst()
			.orElse((status >= HttpStatus.INTERNAL_SERVER_ERROR.value()) ? INTERNAL_ERROR : REFUSED)
			.detail();
		problem.setStatus(status);
		return problem;
	}

	private ProblemDetail withDetail(String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, detail);
		problem.setType(URI.create("urn:roster:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
		problem.setTitle(this.title);
		return problem;
	}

}
