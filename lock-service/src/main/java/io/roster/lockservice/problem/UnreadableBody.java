package io.roster.lockservice.problem;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.ProblemDetail;

/**
 * Tells what is wrong with a body that Jackson could not read, without a word of
 * Jackson's own messages, which name classes.
 */
final class UnreadableBody {

	private UnreadableBody() {
	}

	static ProblemDetail explain(@Nullable Throwable cause) {
		if (cause instanceof StreamConstraintsException) {
			return Problem.BODY_TOO_LARGE.because("The body is larger than a request of this API ever needs to be.");
		}
		if (cause instanceof UnrecognizedPropertyException unknown) {
			return invalid(unknown,
					"There is no field '%s' here. Known fields: %s.".formatted(unknown.getPropertyName(),
							unknown.getKnownPropertyIds()
								.stream()
								.map(Object::toString)
								.sorted()
								.collect(Collectors.joining(", "))));
		}
		if (cause instanceof MismatchedInputException mismatch) {
			return mismatch.getPath().isEmpty() ? invalid(mismatch, "The body is one JSON object and nothing else.")
					: invalid(mismatch, "The value of '%s' has the wrong type: expected %s.".formatted(field(mismatch),
							expected(mismatch.getTargetType())));
		}
		return Problem.MALFORMED_JSON
			.because("The body could not be read as one JSON object%s.".formatted(position(cause)));
	}

	private static ProblemDetail invalid(MismatchedInputException cause, String fact) {
		return new InvalidRequestException(field(cause), fact).problem();
	}

	private static String field(MismatchedInputException cause) {
		String path = cause.getPath()
			.stream()
			.map(Reference::getPropertyName)
			.map((name) -> (name != null) ? name : "[]")
			.collect(Collectors.joining("."));
		return path.isEmpty() ? "body" : path;
	}

	private static String expected(@Nullable Class<?> type) {
		return (type != null && Map.class.isAssignableFrom(type)) ? "an object with string values" : "a string";
	}

	private static String position(@Nullable Throwable cause) {
		TokenStreamLocation location = (cause instanceof JacksonException jackson) ? jackson.getLocation() : null;
		return (location != null) ? " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr())
				: "";
	}

}
