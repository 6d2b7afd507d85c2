package io.roster.locks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The calls about leases of several locks. May be called on any thread, but for
 * {@link #find}.
 */
final class MultiCalls {

	private final Replica replica;

	private final MultiLeases leases;

	MultiCalls(Replica replica) {
		this.replica = replica;
		this.leases = new MultiLeases(replica);
	}

	CompletableFuture<MultiResult> acquire(MultiRequest request) {
		Call.Acquire call = new Call.Acquire(this.replica.now(), request.anchored());
		call.locks = request.locks();
		Duration longest = request.maxWait().plus(this.replica.options().answerWithin());
		return as(this.replica.bring(call, places(request.claim(), request.locks()), longest, Seat::acquire),
				(result) -> MultiResult.of(result, call.locks));
	}

	CompletableFuture<MultiResult> renew(MultiClaim claim, @Nullable Long token) {
		Call.Renew call = new Call.Renew(this.replica.now(), claim.principal(), token);
		locate(claim, call, new RenewResult.Gone(), Seat::renew);
		return as(call.future(), (result) -> MultiResult.of(result, call.locks));
	}

	CompletableFuture<ReleaseResult> release(MultiClaim claim) {
		Call<ReleaseResult> call = new Call<>(this.replica.now(), claim.principal());
		locate(claim, call, ReleaseResult.GONE, Seat::release);
		return call.future();
	}

	void find(MultiClaim claim, Call<MultiResult> call) {
		this.leases.find(claim, call);
	}

	/** Which locks it has is not in the call, but in each of its places. */
	private <T, C extends Call<T>> void locate(MultiClaim claim, C call, T absent, BiConsumer<Seat, C> add) {
		Duration longest = this.replica.options().answerWithin();
		this.replica.serial().run(() -> {
			RuntimeException closedDoor = this.replica.closedDoor();
			if (closedDoor != null) {
				call.fail(this.replica.serial(), closedDoor);
				return;
			}
			this.replica.giveUpAfter(longest, call, call::end);
			this.leases.locate(claim.lease(), call, (node) -> {
				call.locks = (node.locks() != null) ? node.locks() : List.of(node.lock());
				CompletableFuture<T> unused = this.replica.bring(call, places(claim, call.locks), longest, add);
			}, () -> call.end(this.replica.serial(), absent));
		});
	}

	private LeasePlaces places(MultiClaim claim, List<String> locks) {
		return LeasePlaces.ofSeveral(this.replica.queues(), claim.lease(), locks);
	}

	/** Who cancels it ends the call. */
	static <T> CompletableFuture<MultiResult> as(CompletableFuture<T> call, Function<T, MultiResult> form) {
		CompletableFuture<MultiResult> result = call.thenApply(form);
		CompletableFuture<?> unused = result.whenComplete((answer, failure) -> {
			if (result.isCancelled()) {
				call.cancel(false);
			}
		});
		return result;
	}

}
