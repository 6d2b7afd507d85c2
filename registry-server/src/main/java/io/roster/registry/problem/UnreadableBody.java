package io.roster.registry.problem;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.ProblemDetail;

/**
 * Tells what is wrong with a body that Jackson could not read, in words of this API.
 */
final class UnreadableBody {

	private UnreadableBody() {
	}

	static ProblemDetail explain(@Nullable Throwable cause) {
		if (cause instanceof UnrecognizedPropertyException unknown) {
			String known = unknown.getKnownPropertyIds()
				.stream()
				.map(Object::toString)
				.sorted()
				.collect(Collectors.joining(", "));
			return invalid(field(unknown),
					"There is no field '%s' here. Known fields: %s.".formatted(unknown.getPropertyName(), known));
		}
		if (cause instanceof MismatchedInputException mismatch) {
			String field = field(mismatch);
			return invalid(field, field.equals("body") ? "The body is one JSON object and nothing else."
					: "The value of '%s' has the wrong type.".formatted(field));
		}
		if (cause instanceof InputCoercionException number) {
			String field = field(number);
			return invalid(field, "The number of '%s' is out of range.".formatted(field));
		}
		String where = (cause instanceof JacksonException json && json.getLocation() != null)
				? " (line %d, column %d)".formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
				: "";
		return invalid("body", "The body could not be read as one JSON object" + where + ".");
	}

	private static ProblemDetail invalid(String field, String fact) {
		ProblemDetail problem = Problem.INVALID_REQUEST.because(fact);
		problem.setProperty("field", field);
		return problem;
	}

	private static String field(JacksonException cause) {
		String path = cause.getPath()
			.stream()
			.map(Reference::getPropertyName)
			.map((name) -> (name != null) ? name : "[]")
			.collect(Collectors.joining("."));
		return path.isEmpty() ? "body" : path;
	}

}
