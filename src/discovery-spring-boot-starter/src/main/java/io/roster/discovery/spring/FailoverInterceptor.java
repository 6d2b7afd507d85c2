package io.roster.discovery.spring;

import java.io.IOException;

import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends a request whose instance could not be connected to to the next one, and one whose
 * connection ended without an answer too, if its method is idempotent. The load balancer
 * passes the instance over by then. A timeout is the caller's: it is not tried again.
 */
final class FailoverInterceptor extends LoadBalancerInterceptor {

	private final int maxAttempts;

	FailoverInterceptor(LoadBalancerClient client, LoadBalancerRequestFactory requestFactory, int maxAttempts) {
		super(client, requestFactory);
		this.maxAttempts = maxAttempts;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return super.intercept(request, body, (one, content) -> execute(execution, one, content));
			}
			catch (Thrown ex) {
				throw ex.error;
			}
			catch (IOException ex) {
				if (attempt >= this.maxAttempts || !ConnectionFailure.of(ex).allowsAnother(request.getMethod())) {
					throw ex;
				}
			}
		}
	}

	/**
	 * The load balancer client learns of the end of a request by an exception, and not by
	 * an error, which would leave it in flight for ever.
	 */
	private static ClientHttpResponse execute(ClientHttpRequestExecution execution, HttpRequest request, byte[] body)
			throws IOException {
		try {
			return execution.execute(request, body);
		}
		catch (Error ex) {
			throw new Thrown(ex);
		}
	}

	private static final class Thrown extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Error error;

		Thrown(Error error) {
			super(error);
			this.error = error;
		}

	}

}
