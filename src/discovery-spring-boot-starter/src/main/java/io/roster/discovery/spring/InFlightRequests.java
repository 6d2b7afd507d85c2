package io.roster.discovery.spring;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.roster.discovery.balance.Call;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/**
 * Counts the requests in flight, between the load balancer's callbacks.
 * <p>
 * A request is in flight until the head of its answer is there, whether the rest is read
 * or not. The end is not always told: Spring Cloud's own filter of the {@code WebClient}
 * does not when a request is cancelled, and its blocking client does not when an
 * {@link Error} is thrown. Roster's clients end their {@link Attempt} then. For others a
 * request is held weakly, and one that nobody holds any more has ended.
 */
final class InFlightRequests implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

	private final ServiceBalancers balancers;

	private final Map<Key, Call> calls = new ConcurrentHashMap<>();

	private final ReferenceQueue<Object> abandoned = new ReferenceQueue<>();

	InFlightRequests(ServiceBalancers balancers) {
		this.balancers = balancers;
	}

	@Override
	public void onStart(Request<Object> request) {
		for (Reference<?> key = this.abandoned.poll(); key != null; key = this.abandoned.poll()) {
			end(this.calls.remove(key));
		}
	}

	@Override
	public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
		ServiceInstance instance = response.getServer();
		if (instance != null) {
			Call call = this.balancers.of(instance.getServiceId()).begin(instance);
			end(this.calls.put(new Key(request, this.abandoned), call));
			Attempt attempt = Attempt.of(request);
			if (attempt != null) {
				attempt.begun(call);
			}
		}
	}

	@Override
	public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
		Call call = this.calls.remove(new Key(completion.getLoadBalancerRequest(), null));
		if (call == null) {
			return;
		}
		switch (completion.status()) {
			case SUCCESS -> call.answered();
			case FAILED -> failed(call, completion.getThrowable());
			case DISCARD -> call.close();
		}
	}

	private static void failed(Call call, @Nullable Throwable failure) {
		if (ConnectionFailure.of(failure) == ConnectionFailure.OTHER) {
			call.close();
		}
		else {
			call.refused();
		}
	}

	private static void end(@Nullable Call call) {
		if (call != null) {
			call.close();
		}
	}

	/**
	 * A request as itself: requests with equal content are {@code equals}.
	 */
	private static final class Key extends WeakReference<Object> {

		private final int hash;

		Key(Object request, @Nullable ReferenceQueue<Object> queue) {
			super(request, queue);
			this.hash = System.identityHashCode(request);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other || (other instanceof Key key && get() != null && key.refersTo(get()));
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
