package io.roster.streams;

import org.springframework.http.ProblemDetail;

/**
 * How an application says that a reader was too slow.
 */
@FunctionalInterface
public interface TooSlow {

	/**
	 * Makes the problem with which the stream ends.
	 * @param fact what has happened, a sentence
	 * @return the problem
	 */
	ProblemDetail because(String fact);

}
