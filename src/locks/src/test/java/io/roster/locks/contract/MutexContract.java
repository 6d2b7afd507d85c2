package io.roster.locks.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.roster.locks.contract.Mutexes.Turn;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What any mutex with a queue must do, one with leases as one with sessions.
 */
public abstract class MutexContract {

	private final String lock = "lock-" + UUID.randomUUID();

	/**
	 * The implementation.
	 * @return turns at it
	 */
	protected abstract Mutexes mutexes();

	@Test
	void aFreeLockIsHadAtOnce() throws Exception {
		Turn turn = Objects.requireNonNull(mutexes().tryNow(this.lock));
		awaitPlaces(1);
		turn.end();
		awaitPlaces(0);
	}

	@Test
	void aWaiterHasItsTurnWhenTheHolderGivesBack() throws Exception {
		Turn first = begun(mutexes().queue(this.lock));
		Turn second = mutexes().queue(this.lock);
		awaitPlaces(2);
		assertThat(second.begun()).isNotDone();
		first.end();
		begun(second).end();
		awaitPlaces(0);
	}

	@Test
	void turnsComeInTheOrderOfArrival() throws Exception {
		Turn first = begun(mutexes().queue(this.lock));
		List<Turn> waiting = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			waiting.add(mutexes().queue(this.lock));
			awaitPlaces(i + 2);
		}
		first.end();
		for (int i = 0; i < waiting.size(); i++) {
			begun(waiting.get(i));
			assertThat(waiting.subList(i + 1, waiting.size())).noneMatch((later) -> later.begun().isDone());
			waiting.get(i).end();
		}
	}

	@Test
	void whoDoesNotWaitLeavesNothingBehind() throws Exception {
		Turn first = begun(mutexes().queue(this.lock));
		assertThat(mutexes().tryNow(this.lock)).isNull();
		awaitPlaces(1);
		first.end();
		begun(mutexes().queue(this.lock)).end();
	}

	@Test
	void whoGivesUpItsPlaceIsPassedOver() throws Exception {
		Turn first = begun(mutexes().queue(this.lock));
		Turn second = mutexes().queue(this.lock);
		awaitPlaces(2);
		Turn third = mutexes().queue(this.lock);
		awaitPlaces(3);
		second.end();
		awaitPlaces(2);
		assertThat(third.begun()).isNotDone();
		first.end();
		begun(third).end();
	}

	@Test
	void onlyOneHasItAtATime() throws Exception {
		int[] counter = { 0 };
		int turns = 15;
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			clients.add(CompletableFuture.runAsync(() -> count(counter, turns), (task) -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> client : clients) {
			client.get(120, TimeUnit.SECONDS);
		}
		assertThat(counter[0]).isEqualTo(8 * turns);
		awaitPlaces(0);
	}

	private void count(int[] counter, int turns) {
		try {
			for (int i = 0; i < turns; i++) {
				Turn turn = begun(mutexes().queue(this.lock));
				int before = counter[0];
				Thread.onSpinWait();
				counter[0] = before + 1;
				turn.end();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void awaitPlaces(int places) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(LockContract.BOUND)
			.untilAsserted(() -> assertThat(mutexes().places(this.lock)).isEqualTo(places));
	}

	private static Turn begun(Turn turn) throws Exception {
		turn.begun().get(90, TimeUnit.SECONDS);
		return turn;
	}

}
