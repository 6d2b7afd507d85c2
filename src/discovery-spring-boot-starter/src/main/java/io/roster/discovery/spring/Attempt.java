package io.roster.discovery.spring;

import io.roster.discovery.balance.Call;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;

/**
 * One request to one instance, as an attribute of the request. It ends when it is closed,
 * also where the load balancer's callbacks are not told of an end.
 */
final class Attempt implements AutoCloseable {

	static final String ATTRIBUTE = Attempt.class.getName();

	private @Nullable Call call;

	private boolean closed;

	/**
	 * The attempt that a request of the load balancer belongs to.
	 * @return {@code null} if it was not made by a client that knows of attempts
	 */
	static @Nullable Attempt of(Request<?> request) {
		return (request.getContext() instanceof RequestDataContext context && context.getClientRequest() != null
				&& context.getClientRequest().getAttributes().get(ATTRIBUTE) instanceof Attempt attempt) ? attempt
						: null;
	}

	synchronized void begun(Call begun) {
		this.call = begun;
		if (this.closed) {
			begun.close();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.call != null) {
			this.call.close();
		}
	}

}
