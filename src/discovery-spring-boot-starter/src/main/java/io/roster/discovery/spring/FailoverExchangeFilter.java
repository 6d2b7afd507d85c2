package io.roster.discovery.spring;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The rule of {@link FailoverInterceptor} for the {@code WebClient}. A body that is a
 * stream goes to another instance only as long as nobody has begun to read it.
 */
final class FailoverExchangeFilter extends ReactorLoadBalancerExchangeFilterFunction {

	private final int maxAttempts;

	FailoverExchangeFilter(ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers,
			List<LoadBalancerClientRequestTransformer> transformers, int maxAttempts) {
		super(loadBalancers, transformers);
		this.maxAttempts = maxAttempts;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> attempt(request, new ObservedBody(request.body()), next, 1));
	}

	private Mono<ClientResponse> attempt(ClientRequest request, ObservedBody body, ExchangeFunction next, int number) {
		return once(request, body, next).onErrorResume((failure) -> {
			boolean another = number < this.maxAttempts && !body.isConsumed()
					&& ConnectionFailure.of(failure).allowsAnother(request.method());
			return another ? attempt(request, body, next, number + 1) : Mono.error(failure);
		});
	}

	private Mono<ClientResponse> once(ClientRequest request, ObservedBody body, ExchangeFunction next) {
		return Mono.using(Attempt::new, (attempt) -> super.filter(
				ClientRequest.from(request).body(body).attribute(Attempt.ATTRIBUTE, attempt).build(), next));
	}

}
