package io.roster.demo.consumer;

/** As many pages are open as this application feeds. */
final class TooManyPagesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyPagesException(int limit) {
		super(limit + " pages are open, which is the limit. Close one of them.");
	}

}
