package io.roster.coordination;

/**
 * Ends a listener's subscription when it is closed. Closing twice does nothing.
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

	@Override
	void close();

}
