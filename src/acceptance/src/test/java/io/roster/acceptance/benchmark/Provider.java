package io.roster.acceptance.benchmark;

/**
 * Registers instances of {@link Fixtures#SERVICE}, which are known by their ports.
 */
interface Provider extends AutoCloseable {

	/** Begins to register an instance; may return before it is there. */
	void start(int port) throws Exception;

	/** Takes it away as an application that stops does; returns when it is gone. */
	void stop(int port) throws Exception;

	@Override
	void close();

}
