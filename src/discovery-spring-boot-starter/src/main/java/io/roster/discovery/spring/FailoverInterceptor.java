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
				return super.intercept(request, body, execution);
			}
			catch (IOException ex) {
				if (attempt >= this.maxAttempts || !ConnectionFailure.of(ex).allowsAnother(request.getMethod())) {
					throw ex;
				}
			}
		}
	}

}
