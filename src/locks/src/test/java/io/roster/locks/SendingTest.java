package io.roster.locks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What may travel in one transaction. */
class SendingTest {

	private final Deque<Write> collected = new ArrayDeque<>();

	@Test
	void writesToManyLocksAreOneTransaction() {
		List<Write> writes = List.of(create("a"), delete("a"), update("b", 10), create("b"), delete("c"));
		this.collected.addAll(writes);
		assertThat(take()).containsExactly(writes);
		assertThat(this.collected).isEmpty();
	}

	@Test
	void eachFurtherCreateOfALockIsATransactionOfItsOwnInTheOrderInWhichTheyCame() {
		Write first = create("a");
		Write second = create("a");
		Write third = create("a");
		Write delete = delete("a");
		this.collected.addAll(List.of(first, second, third, delete));
		assertThat(take()).containsExactly(List.of(first, delete), List.of(second), List.of(third));
	}

	@Test
	void aCreateOfALockThatIsNotKnownGoesAlone() {
		Write unknown = create("unknown");
		Write delete = delete("a");
		Write create = create("a");
		this.collected.addAll(List.of(unknown, delete, create));
		assertThat(take()).containsExactly(List.of(delete, create), List.of(unknown));
	}

	@Test
	void aTransactionIsBoundedByItsBytesAndWhatIsLargerGoesAlone() {
		Write large = update("a", 2 * Sending.MAX_BYTES);
		this.collected.add(large);
		for (int i = 0; i < 20; i++) {
			this.collected.add(update("b" + i, Sending.MAX_BYTES / 10));
		}
		List<List<Write>> transactions = take();
		assertThat(transactions.get(0)).containsExactly(large);
		assertThat(transactions.subList(1, transactions.size())).hasSizeGreaterThan(1)
			.allSatisfy((writes) -> assertThat(bytes(writes)).isLessThanOrEqualTo(Sending.MAX_BYTES));
	}

	@Test
	void aSendingIsBoundedAndTheRestStaysInItsOrder() {
		List<Write> writes = new ArrayList<>();
		for (int i = 0; i < 2 * Sending.MAX_TRANSACTIONS; i++) {
			writes.add(create("a"));
		}
		this.collected.addAll(writes);
		assertThat(take()).hasSize(Sending.MAX_TRANSACTIONS);
		assertThat(List.copyOf(this.collected)).isEqualTo(writes.subList(Sending.MAX_TRANSACTIONS, writes.size()));
	}

	@Test
	void aSendingEndsWithItsLastAnswerAlsoWhereOneWasTakenApart() {
		this.collected.addAll(List.of(create("a"), delete("b"), delete("c"), create("a")));
		Sending sending = Sending.of(this.collected, (lock) -> true);
		sending.takenApart(3);
		assertThat(sending.isLastAnswer()).isFalse();
		assertThat(sending.isLastAnswer()).isFalse();
		assertThat(sending.isLastAnswer()).isFalse();
		assertThat(sending.isLastAnswer()).isTrue();
	}

	@RepeatedTest(value = 50, name = "seed {currentRepetition}")
	void anyWritesArePackedByTheRules(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		int locks = 1 + random.nextInt(50);
		List<Write> writes = new ArrayList<>();
		for (int i = random.nextInt(2_000); i >= 0; i--) {
			writes.add(any(random, "lock" + random.nextInt(locks)));
		}
		this.collected.addAll(writes);
		List<Write> sent = new ArrayList<>();
		while (!this.collected.isEmpty()) {
			List<List<Write>> transactions = take();
			assertThat(transactions).isNotEmpty().hasSizeLessThanOrEqualTo(Sending.MAX_TRANSACTIONS);
			transactions.forEach(SendingTest::assertAllowed);
			transactions.forEach(sent::addAll);
		}
		assertThat(sent).containsExactlyInAnyOrderElementsOf(writes);
		assertThat(creates(sent)).isEqualTo(creates(writes));
	}

	private static Write any(Random random, String lock) {
		return switch (random.nextInt(3)) {
			case 0 -> create(lock);
			case 1 -> delete(lock);
			default -> update(lock, random.nextInt(3_000));
		};
	}

	private static void assertAllowed(List<Write> writes) {
		assertThat(writes).isNotEmpty().hasSizeLessThanOrEqualTo(Sending.MAX_WRITES);
		assertThat(writes.size() == 1 || bytes(writes) <= Sending.MAX_BYTES).isTrue();
		Set<String> created = new HashSet<>();
		for (Write write : writes) {
			if (write instanceof Write.Create create) {
				assertThat(created.add(create.lock())).as(create.lock()).isTrue();
			}
		}
	}

	private static int bytes(List<Write> writes) {
		return writes.stream().mapToInt(Write::bytes).sum();
	}

	/** In the order of each lock. */
	private static Map<String, List<Write.Create>> creates(List<Write> writes) {
		return writes.stream()
			.filter(Write.Create.class::isInstance)
			.map(Write.Create.class::cast)
			.collect(Collectors.groupingBy(Write.Create::lock));
	}

	private List<List<Write>> take() {
		return Sending.of(this.collected, (lock) -> !lock.endsWith("unknown")).transactions();
	}

	private static Write create(String lock) {
		return new Write.Create("/locks/" + lock, "/locks/" + lock + "/_c_", new byte[30], List.of(), (answer) -> {
		});
	}

	private static Write delete(String lock) {
		return new Write.Delete("/locks/" + lock + "/place", Operations.ANY, (answer) -> {
		});
	}

	private static Write update(String lock, int bytes) {
		return new Write.Update("/locks/" + lock + "/place", new byte[bytes], 0, (answer) -> {
		});
	}

}
