package io.roster.discovery.spring;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class InFlightRequestsTests {

	private final ServiceBalancers balancers = new ServiceBalancers(null, (instance, refusals, passedOver) -> {
	});

	private final InFlightRequests requests = new InFlightRequests(this.balancers);

	private final ServiceInstance instance = new DefaultServiceInstance("a", "bikes", "127.0.0.1", 1, false);

	private final Response<ServiceInstance> response = new DefaultResponse(this.instance);

	@Test
	void requestsWithEqualContentAreCountedEach() {
		Request<Object> one = begin();
		Request<Object> other = begin();
		assertThat(one).isEqualTo(other);
		assertThat(inFlight()).isEqualTo(2);
		this.requests.onComplete(new CompletionContext<>(Status.SUCCESS, one, this.response));
		assertThat(inFlight()).isOne();
		this.requests.onComplete(new CompletionContext<>(Status.FAILED, new IOException(), other, this.response));
		assertThat(inFlight()).isZero();
	}

	@Test
	void oneThatRefusesIsPassedOver() {
		ServiceInstance other = new DefaultServiceInstance("b", "bikes", "127.0.0.1", 2, false);
		Request<Object> request = begin();
		this.requests.onComplete(
				new CompletionContext<>(Status.FAILED, new ConnectException("refused"), request, this.response));
		assertThat(this.balancers.of("bikes").choose(List.of(this.instance, other))).contains(other);
		assertThat(this.balancers.of("bikes").choose(List.of(this.instance, other))).contains(other);
	}

	@Test
	void aRetriedRequestCountsOnce() {
		Request<Object> request = begin();
		this.requests.onStartRequest(request, this.response);
		assertThat(inFlight()).isOne();
	}

	@Test
	void aRequestWhoseEndIsNeverToldHasEndedWhenNobodyHoldsIt() {
		begin();
		begin();
		assertThat(inFlight()).isEqualTo(2);
		await().until(() -> {
			System.gc();
			this.requests.onStart(new DefaultRequest<>());
			return inFlight() == 0;
		});
	}

	private Request<Object> begin() {
		this.balancers.of("bikes").choose(List.of(this.instance));
		Request<Object> request = new DefaultRequest<>("content");
		this.requests.onStart(request);
		this.requests.onStartRequest(request, this.response);
		return request;
	}

	private int inFlight() {
		return this.balancers.of("bikes").inFlight(this.instance);
	}

}
