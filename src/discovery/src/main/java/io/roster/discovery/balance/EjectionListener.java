package io.roster.discovery.balance;

import java.time.Duration;

/**
 * Is told when an instance is passed over, and when it takes part again. Called on the
 * thread that ended the request, outside of all locks; it must neither block nor throw.
 *
 * @param <T> what stands for an instance
 */
@FunctionalInterface
public interface EjectionListener<T> {

	/**
	 * An instance refused a connection, or closed it without an answer. Told once for
	 * each time that it is passed over, not for each request that is refused meanwhile.
	 * @param instance the instance
	 * @param refusals how often in a row, 1 or more
	 * @param passedOver how long it gets no request, unless all are passed over
	 */
	void ejected(T instance, int refusals, Duration passedOver);

	/**
	 * An instance that was passed over has answered a request.
	 * @param instance the instance
	 */
	default void readmitted(T instance) {
	}

}
