package io.roster.registry.problem;

/**
 * What is asked for has not been read from the ensemble since this process started: an
 * empty answer would be a guess.
 */
public final class NotReadYetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

}
