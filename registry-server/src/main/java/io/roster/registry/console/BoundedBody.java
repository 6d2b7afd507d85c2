package io.roster.registry.console;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer in memory, up to a size. What {@code BodySubscribers.limiting}
 * does from Java 25 on.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

	private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();

	private final long limit;

	private Flow.@Nullable Subscription subscription;

	private long size;

	BoundedBody(long limit) {
		this.limit = limit;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body.getBody();
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		this.body.onSubscribe(subscription);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		if (this.size > this.limit) {
			return;
		}
		this.size += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
		if (this.size <= this.limit) {
			this.body.onNext(buffers);
			return;
		}
		if (this.subscription != null) {
			this.subscription.cancel();
		}
		this.body.onError(new IOException("The answer has more than " + this.limit + " bytes"));
	}

	@Override
	public void onError(Throwable throwable) {
		this.body.onError(throwable);
	}

	@Override
	public void onComplete() {
		this.body.onComplete();
	}

}
