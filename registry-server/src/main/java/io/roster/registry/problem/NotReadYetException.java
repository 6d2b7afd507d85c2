package io.roster.registry.problem;

import org.jspecify.annotations.Nullable;

/**
 * What is asked for has not been read from the ensemble since this process started: an
 * empty answer would be a guess.
 */
public final class NotReadYetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * What is asked for has not been read.
	 * @param refusal why the ensemble refuses it, if it does
	 */
	public NotReadYetException(@Nullable String refusal) {
		super(refusal);
	}

}
