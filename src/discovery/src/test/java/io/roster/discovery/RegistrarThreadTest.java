package io.roster.discovery;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RegistrarThreadTest {

	private final RegistrarThread thread = new RegistrarThread();

	private final Queue<String> ran = new ConcurrentLinkedQueue<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void aCallerRunsItsTaskWhileTheThreadRests() {
		AtomicReference<Thread> by = new AtomicReference<>();

		this.thread.runHere(() -> by.set(Thread.currentThread()));

		assertThat(by).hasValue(Thread.currentThread());
	}

	@Test
	void aTaskComesAfterThoseThatItsThreadGaveBefore() throws InterruptedException {
		this.thread.run(() -> await(this.goOn));
		this.thread.run(() -> this.ran.add("first"));

		this.thread.runHere(() -> this.ran.add("second"));

		assertThat(this.ran).isEmpty();
		this.goOn.countDown();
		awaitAllGiven();
		assertThat(this.ran).containsExactly("first", "second");
	}

	@Test
	void whatATaskGivesRunsAfterIt() throws InterruptedException {
		this.thread.runHere(() -> {
			this.thread.runHere(() -> this.ran.add("inner"));
			this.ran.add("outer");
		});

		awaitAllGiven();
		assertThat(this.ran).containsExactly("outer", "inner");
	}

	@Test
	void noTaskRunsBesideAnother() throws InterruptedException {
		CountDownLatch inside = new CountDownLatch(1);
		Thread caller = new Thread(() -> this.thread.runHere(() -> {
			inside.countDown();
			await(this.goOn);
			this.ran.add("of a caller");
		}), "caller");
		caller.start();
		await(inside);

		this.thread.run(() -> this.ran.add("of the thread"));
		this.thread.runHere(() -> this.ran.add("of another caller"));

		assertThat(this.ran).isEmpty();
		this.goOn.countDown();
		caller.join();
		awaitAllGiven();
		assertThat(this.ran).containsExactly("of a caller", "of the thread", "of another caller");
	}

	@Test
	void aTaskThatFailsHindersNoOther() throws InterruptedException {
		this.thread.runHere(() -> {
			throw new IllegalStateException("expected by the test");
		});
		this.thread.runHere(() -> this.ran.add("next"));

		awaitAllGiven();
		assertThat(this.ran).containsExactly("next");
	}

	@Test
	void whatIsCancelledDoesNotRun() throws InterruptedException {
		this.thread.run(() -> await(this.goOn));
		this.thread.runAfter(Duration.ZERO, () -> this.ran.add("kept"));
		Runnable cancel = this.thread.runAfter(Duration.ZERO, () -> this.ran.add("cancelled"));

		cancel.run();

		this.goOn.countDown();
		awaitAllGiven();
		assertThat(this.ran).containsExactly("kept");
	}

	@Test
	void nothingRunsAfterTheEnd() {
		this.thread.close();

		this.thread.runHere(() -> this.ran.add("late"));

		assertThat(this.ran).isEmpty();
	}

	/** A task of the thread itself comes last. */
	private void awaitAllGiven() throws InterruptedException {
		CountDownLatch last = new CountDownLatch(1);
		this.thread.run(last::countDown);
		assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
