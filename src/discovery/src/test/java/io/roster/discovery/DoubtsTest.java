package io.roster.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The rule of {@link Doubts}, on a clock that is moved by hand. */
class DoubtsTest {

	private static final Duration GRACE = Duration.ofSeconds(30);

	private final Doubts doubts = new Doubts(GRACE);

	private final Roll roll = new Roll();

	private ServiceIndex index = ServiceIndex.unread().asLoaded();

	private List<ServiceEvent> told = List.of();

	private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

	@Test
	void oneOfTwoThatIsKilledIsGoneAtOnce() {
		arrive(up(1, 8001), up(2, 8002));
		leave(up(1, 8001));
		assertThat(listed()).containsExactly("2");
	}

	@Test
	void theLastOneStaysAsASuspectUntilTheGraceHasPassed() {
		arrive(up(1, 8001));
		leave(up(1, 8001));
		assertThat(listed()).containsExactly("1?");
		assertThat(this.index.service("bike").instances().get(0).routable()).isTrue();
		pass(GRACE.minusMillis(1));
		assertThat(listed()).containsExactly("1?");
		pass(Duration.ofMillis(1));
		assertThat(listed()).isEmpty();
		assertThat(this.index.revisionText()).isEqualTo("0");
	}

	@Test
	void aRootThatIsDeletedByHandNeverEmptiesAList() {
		Member[] all = upTo(5);
		arrive(all);
		for (Member each : all) {
			leave(each);
			assertThat(listed()).isNotEmpty();
			pass(Duration.ofMillis(3));
		}
		assertThat(listed()).containsExactly("1?", "2?", "3?", "4?", "5?");
	}

	@Test
	void moreThanHalfInOneReadingIsDoubtedAndToldAsAChange() {
		Member[] all = upTo(5);
		arrive(all);
		leave(all[0], all[1], all[2]);
		assertThat(listed()).containsExactly("1?", "2?", "3?", "4", "5");
		assertThat(this.told).hasSize(3).allSatisfy((event) -> {
			ServiceEvent.Updated updated = (ServiceEvent.Updated) event;
			assertThat(updated.before().suspect()).isFalse();
			assertThat(updated.after().suspect()).isTrue();
		});
	}

	@Test
	void halfInOneReadingIsNotDoubted() {
		Member[] all = upTo(4);
		arrive(all);
		leave(all[0], all[1]);
		assertThat(listed()).containsExactly("3", "4");
	}

	@Test
	void lossesThatAreFarApartAreNotAddedUp() {
		Member[] all = upTo(4);
		arrive(all);
		leave(all[0]);
		pass(Doubts.WINDOW.plusMillis(1));
		leave(all[1]);
		pass(Doubts.WINDOW.plusMillis(1));
		leave(all[2]);
		assertThat(listed()).containsExactly("4");
	}

	@Test
	void lossesInTheMinuteAfterAnOutageAreAddedUp() {
		Member[] all = upTo(4);
		arrive(all);
		this.doubts.ensembleReturned(this.now);
		pass(Duration.ofSeconds(20));
		leave(all[0]);
		pass(Duration.ofSeconds(10));
		leave(all[1]);
		pass(Duration.ofSeconds(10));
		leave(all[2]);
		assertThat(listed()).containsExactly("1?", "2?", "3?", "4");
		pass(Duration.ofSeconds(10));
		assertThat(listed()).containsExactly("2?", "3?", "4");
		pass(Duration.ofSeconds(20));
		assertThat(listed()).containsExactly("4");
	}

	@Test
	void theMinuteAfterAnOutageEnds() {
		Member[] all = upTo(4);
		arrive(all);
		this.doubts.ensembleReturned(this.now);
		pass(Duration.ofSeconds(50));
		leave(all[0]);
		pass(Duration.ofSeconds(11));
		leave(all[1]);
		pass(Duration.ofSeconds(6));
		leave(all[2]);
		assertThat(listed()).containsExactly("4");
	}

	@Test
	void whoSaidDrainingIsNeverDoubted() {
		Member[] all = upTo(3);
		arrive(all);
		Member[] draining = { draining(1), draining(2), draining(3) };
		arrive(draining);
		leave(draining);
		assertThat(listed()).isEmpty();
	}

	@Test
	void whoseLastWordCameWithTheDeletionIsNeverDoubted() {
		Member[] all = upTo(3);
		arrive(all);
		Turn turn = new Turn();
		for (Member each : all) {
			turn.orderly(each);
			this.roll.remove(each, turn);
		}
		apply(turn, false);
		assertThat(listed()).isEmpty();
	}

	@Test
	void whoCouldNotBeRoutedToIsNeitherDoubtedNorCounted() {
		Member out = Nodes.sequential("bike", 1, 1, Nodes.json(8001, null, InstanceStatus.OUT_OF_SERVICE));
		Member text = Nodes.sequential("bike", 2, 2, "bike");
		arrive(out, text, up(3, 8003), up(4, 8004));
		leave(out, text, up(3, 8003));
		assertThat(listed()).containsExactly("4");
	}

	@Test
	void aSuspectGoesAtOnceWhenItsEndpointHasANewName() {
		Member[] all = upTo(2);
		arrive(all);
		leave(all);
		arrive(Nodes.sequential("bike", 7, 70, 8002, null));
		assertThat(listed()).containsExactly("1?", "7");
		assertThat(this.told).hasExactlyElementsOfTypes(ServiceEvent.Removed.class, ServiceEvent.Added.class);
	}

	@Test
	void aSuspectGoesAtOnceWhenItsRegistrationHasANewName() {
		Member old = Nodes.sequential("bike", 1, 1, 8001, "uuid");
		arrive(old);
		leave(old);
		assertThat(listed()).containsExactly("1?");
		arrive(Nodes.sequential("bike", 2, 2, 9999, "uuid"));
		assertThat(listed()).containsExactly("2");
	}

	@Test
	void aSuspectWhoseNameSomebodyElseHasGoes() {
		Member[] all = upTo(2);
		arrive(all);
		leave(all);
		arrive(Nodes.sequential("bike", 1, 70, 9999, null));
		assertThat(listed()).containsExactly("1", "2?");
	}

	@Test
	void anEnsembleRebuiltWithoutDataDoublesNobody() {
		Member[] all = { Nodes.sequential("bike", 0, 100, 8000, "a"), Nodes.sequential("bike", 1, 101, 8001, "b"),
				Nodes.sequential("bike", 2, 102, 8002, "c") };
		arrive(all);
		this.doubts.ensembleReturned(this.now);
		leave(all);
		assertThat(listed()).containsExactly("0?", "1?", "2?");
		arrive(Nodes.sequential("bike", 0, 5, 8001, "b"));
		assertThat(listed()).containsExactly("0", "2?");
		arrive(Nodes.sequential("bike", 1, 6, 8000, "a"));
		assertThat(listed()).containsExactly("0", "1", "2?");
		arrive(Nodes.sequential("bike", 2, 7, 8002, "c"));
		assertThat(listed()).containsExactly("0", "1", "2");
		pass(GRACE);
		assertThat(listed()).containsExactly("0", "1", "2");
	}

	@Test
	void aReadingThatShowsTheSameUnderNewNamesDoubtsNobody() {
		Member[] before = upTo(3);
		arrive(before);
		Turn turn = new Turn();
		for (Member each : before) {
			this.roll.remove(each, turn);
		}
		for (int i = 1; i <= 3; i++) {
			this.roll.put(Nodes.sequential("bike", i + 10, i + 10, 8000 + i, null), turn);
		}
		apply(turn, false);
		assertThat(listed()).containsExactly("11", "12", "13");
	}

	@Test
	void whoseEndpointStandsUnderAnotherNameIsNoLoss() {
		Member[] old = upTo(3);
		arrive(old);
		arrive(Nodes.sequential("bike", 11, 11, 8001, null), Nodes.sequential("bike", 12, 12, 8002, null));
		leave(old);
		assertThat(listed()).containsExactly("11", "12");
	}

	@Test
	void withoutAGracePeriodNobodyIsDoubted() {
		Doubts none = new Doubts(Duration.ZERO);
		Member only = up(1, 8001);
		arrive(only);
		Turn turn = new Turn();
		this.roll.remove(only, turn);
		IndexUpdate update = new IndexUpdate(this.index);
		none.apply(turn, this.roll, update, this.now, false);
		assertThat(update.index().services()).isEmpty();
	}

	@Test
	void whatWasOnlyRememberedIsDoubtedIfNothingIsLeft() {
		Member[] all = upTo(3);
		arrive(all);
		arrive(Nodes.sequential("car", 1, 50, 9001, null), Nodes.sequential("car", 2, 51, 9002, null),
				Nodes.sequential("car", 3, 52, 9003, null));
		Turn turn = new Turn();
		for (Member each : all) {
			this.roll.remove(each, turn);
		}
		this.roll.remove(Nodes.sequential("car", 1, 50, 9001, null), turn);
		this.roll.remove(Nodes.sequential("car", 2, 51, 9002, null), turn);
		apply(turn, true);
		assertThat(listed()).containsExactly("1?", "2?", "3?");
		assertThat(this.index.service("car").instances()).singleElement().returns(3, Instance::sequence);
		leave(Nodes.sequential("car", 3, 52, 9003, null));
		assertThat(this.index.service("car").instances()).singleElement().returns(3, Instance::sequence);
	}

	@Test
	void aNodeThatIsReadAgainAfterItWasMissedIsNoSuspectAnyMore() {
		Member only = up(1, 8001);
		arrive(only);
		leave(only);
		arrive(only);
		assertThat(listed()).containsExactly("1");
		assertThat(this.told).singleElement().isInstanceOf(ServiceEvent.Updated.class);
	}

	@Test
	void tenThousandDeletedByHandAreAllDoubted() {
		Member[] all = upTo(10_000);
		arrive(all);
		for (Member each : all) {
			leave(each);
		}
		assertThat(this.index.service("bike").instances()).hasSize(10_000).allMatch(Instance::suspect);
		List<Member> back = IntStream.rangeClosed(1, 10_000)
			.mapToObj((i) -> Nodes.sequential("bike", 20_000 + i, 20_000 + i, 8000 + i, null))
			.toList();
		back.forEach(this::arrive);
		assertThat(this.index.service("bike").instances()).hasSize(10_000).noneMatch(Instance::suspect);
	}

	private static Member up(int sequence, int port) {
		return Nodes.sequential("bike", sequence, sequence, port, null);
	}

	private static Member draining(int sequence) {
		return Nodes.member(String.format("/servers/bike%010d", sequence), sequence, 1,
				Nodes.json(8000 + sequence, null, InstanceStatus.DRAINING));
	}

	private static Member[] upTo(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> up(i, 8000 + i)).toArray(Member[]::new);
	}

	private void arrive(Member... members) {
		Turn turn = new Turn();
		for (Member each : members) {
			this.roll.put(each, turn);
		}
		apply(turn, false);
	}

	private void leave(Member... members) {
		Turn turn = new Turn();
		for (Member each : members) {
			this.roll.remove(each, turn);
		}
		apply(turn, false);
	}

	private void apply(Turn turn, boolean first) {
		IndexUpdate update = new IndexUpdate(this.index);
		this.doubts.apply(turn, this.roll, update, this.now, first);
		take(update);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
		IndexUpdate update = new IndexUpdate(this.index);
		this.doubts.expire(update, this.now);
		take(update);
	}

	private void take(IndexUpdate update) {
		this.index = update.index();
		this.told = update.events();
	}

	private List<String> listed() {
		List<String> listed = new ArrayList<>();
		this.index.service("bike")
			.instances()
			.forEach((each) -> listed.add(each.sequence() + (each.suspect() ? "?" : "")));
		return listed;
	}

}
