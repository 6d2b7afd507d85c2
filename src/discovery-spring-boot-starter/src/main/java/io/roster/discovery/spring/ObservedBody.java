package io.roster.discovery.spring;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * A request's body that knows whether it can be sent once more: a single value can, a
 * stream cannot when its reading has begun.
 */
final class ObservedBody implements BodyInserter<Object, ClientHttpRequest> {

	private final BodyInserter<?, ? super ClientHttpRequest> body;

	private volatile boolean consumed;

	ObservedBody(BodyInserter<?, ? super ClientHttpRequest> body) {
		this.body = body;
	}

	boolean isConsumed() {
		return this.consumed;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		return this.body.insert(new ObservedRequest(request), context);
	}

	private <T> Publisher<T> observed(Publisher<T> content) {
		return (content instanceof Mono) ? content
				: Flux.from(content).doOnSubscribe((subscription) -> this.consumed = true);
	}

	private final class ObservedRequest extends ClientHttpRequestDecorator {

		ObservedRequest(ClientHttpRequest request) {
			super(request);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> content) {
			return super.writeWith(observed(content));
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> content) {
			return super.writeAndFlushWith(observed(content));
		}

	}

}
