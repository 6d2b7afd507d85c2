package io.roster.acceptance.lockfaults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.roster.acceptance.lockfaults.Event.Outcome;
import io.roster.acceptance.lockfaults.Violation.Rule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A checker that finds nothing proves nothing: histories that were made up, with each
 * rule broken once.
 */
class CheckerTests {

	private static final Duration BOUND = Duration.ofNanos(1_000);

	private static final Duration WAIT = Duration.ofNanos(150);

	private static final String LOCK = "bike-1";

	private static final String PAGE = "page-1";

	private static final String POOL = "pool-1";

	private static final Aim READING = new Aim(List.of(PAGE), true);

	private static final Aim WRITING = Aim.of(PAGE);

	private static final Aim PART = Aim.of(POOL);

	private static final Aim BOTH = new Aim(List.of(LOCK, "bike-2"), false);

	private final List<Event> events = new ArrayList<>();

	private final List<Place> places = new ArrayList<>();

	@Test
	void findsNothingInAGoodHistory() {
		held(1, 10, 100, 200);
		held(2, 11, 200, 300);
		late(3, 12, 290);
		held(4, 13, 310, 400);
		this.events.add(called(5, Aim.of(LOCK), 100));
		this.events.add(new Event.Ended(5, Outcome.NOT_FREE, "", 300));
		place(1, 10, 15);
		place(2, 11, 16);
		place(3, 12, 17);
		place(4, 13, 18);
		place(5, 14, 15);
		assertFinds();
	}

	@Test
	void findsTwoHoldersAtOnce() {
		held(1, 10, 100, 200);
		held(2, 11, 199, 300);
		assertFinds(Rule.ONE_HOLDER);
	}

	@Test
	void findsAHolderWithinTheTimeOfALongOne() {
		held(1, 10, 100, 500);
		held(2, 11, 150, 160);
		held(3, 12, 300, 310);
		assertFinds(Rule.ONE_HOLDER, Rule.ONE_HOLDER);
	}

	@Test
	void countsARenewedDeadlineAndEndsAtTheRelease() {
		held(1, 10, 100, 200);
		this.events.add(new Event.Kept(1, 190, 400));
		held(2, 11, 300, 500);
		assertFinds(Rule.ONE_HOLDER);
		this.events.add(new Event.ReleaseSent(1, 299));
		assertFinds();
	}

	@Test
	void doesNotMixUpLocks() {
		held(1, 10, 100, 200);
		this.events.add(called(2, Aim.of("bike-another"), 100));
		this.events.add(new Event.Granted(2, lease(2), 9, 150, 300));
		assertFinds();
	}

	@Test
	void findsATokenThatDoesNotGrow() {
		held(1, 11, 100, 200);
		held(2, 10, 200, 300);
		held(3, 11, 300, 400);
		assertFinds(Rule.TOKENS_GROW, Rule.TOKENS_GROW);
	}

	@Test
	void findsATokenOfNoPlace() {
		held(1, 10, 100, 200);
		held(2, 11, 200, 300);
		place(1, 9, 12);
		place(2, 11, 13);
		assertFinds(Rule.TOKEN_OF_ITS_PLACE);
	}

	@Test
	void findsATokenOfTheEpochBefore() {
		long epoch = 1L << 48;
		held(1, epoch + 10, 100, 200);
		place(1, 10, 11);
		assertFinds();
		held(2, 20, 200, 300);
		place(2, 20, 21);
		assertFinds(Rule.TOKENS_GROW);
	}

	@Test
	void findsAStaleWrite() {
		held(1, 10, 100, 200);
		held(2, 11, 200, 300);
		this.events.add(new Event.Accepted(1, LOCK, 110));
		this.events.add(new Event.Accepted(2, LOCK, 210));
		assertFinds();
		this.events.add(new Event.Refused(1, LOCK, false, 215));
		assertFinds();
		this.events.add(new Event.Accepted(1, LOCK, 220));
		assertFinds(Rule.NO_STALE_WRITE);
	}

	@Test
	void findsAWriteOfNobody() {
		this.events.add(called(1, Aim.of(LOCK), 100));
		this.events.add(new Event.Accepted(1, LOCK, 110));
		this.events.add(new Event.Ended(1, Outcome.FAILED, "", 120));
		assertFinds(Rule.NO_STALE_WRITE);
	}

	@Test
	void findsAHolderThatIsRefused() {
		held(1, 10, 100, 200);
		this.events.add(new Event.Refused(1, LOCK, true, 150));
		assertFinds(Rule.HOLDERS_WRITE);
	}

	@Test
	void findsAnAcquireThatNeverEnds() {
		this.events.add(called(1, Aim.of(LOCK), 100));
		assertFinds(Rule.ACQUIRES_END);
	}

	@Test
	void findsAnAcquireThatEndsTooLate() {
		this.events.add(called(1, Aim.of(LOCK), 100));
		this.events.add(new Event.Ended(1, Outcome.NOT_FREE, "", 100 + BOUND.toNanos() + 1));
		assertFinds(Rule.ACQUIRES_END);
	}

	@Test
	void findsAnAnswerThatMustNotBe() {
		this.events.add(called(1, Aim.of(LOCK), 100));
		this.events.add(new Event.Ended(1, Outcome.UNEXPECTED, "500", 200));
		assertFinds(Rule.EXPECTED_ANSWERS);
	}

	@Test
	void findsAHolderThatOvertookAWaiter() {
		held(2, 11, 100, 200);
		held(1, 10, 200, 300);
		place(1, 10, 13);
		place(2, 11, 12);
		assertFinds(Rule.TOKENS_GROW, Rule.IN_ORDER);
	}

	@Test
	void findsAHolderThatOvertookAWaiterThatWasNeverGranted() {
		this.events.add(called(1, Aim.of(LOCK), 50));
		this.events.add(new Event.Ended(1, Outcome.NOT_FREE, "", 300));
		held(2, 11, 100, 200);
		place(1, 10, 13);
		place(2, 11, 12);
		assertFinds(Rule.IN_ORDER);
	}

	@Test
	void letsSomebodyPassWhoseReleaseWasSent() {
		held(1, 10, 100, 300);
		this.events.add(new Event.ReleaseSent(1, 199));
		held(2, 11, 200, 400);
		place(1, 10, 13);
		place(2, 11, 12);
		assertFinds();
	}

	@Test
	void letsPlacesLeaveInAnyOrderThatWereNotGranted() {
		place(1, 10, 20);
		place(2, 11, 12);
		held(3, 13, 100, 200);
		place(3, 13, 21);
		assertFinds();
	}

	@Test
	void findsAPlaceThatWasLeftBehind() {
		place(1, 10, Place.STANDS);
		assertFinds(Rule.NOTHING_LEFT);
	}

	@Test
	void findsNothingInReadersAndWritersThatTakeTurns() {
		held(1, READING, 10, 100, 300);
		held(2, READING, 11, 150, 400);
		held(3, WRITING, 12, 400, 500);
		held(4, READING, 9, 500, 600);
		place(1, PAGE, "__READ__", 10, 15);
		place(2, PAGE, "__READ__", 11, 14);
		place(3, PAGE, "__WRIT__", 12, 16);
		assertThat(Checker.check(this.events, List.of())).isEmpty();
		this.places.forEach((place) -> assertThat(place.lease()).isNotNull());
	}

	@Test
	void findsAWriterBesideAReader() {
		held(1, READING, 10, 100, 300);
		held(2, READING, 11, 150, 200);
		held(3, WRITING, 12, 299, 500);
		assertFinds(Rule.ONE_HOLDER);
	}

	@Test
	void findsAReaderBesideAWriter() {
		held(1, WRITING, 10, 100, 300);
		held(2, READING, 11, 299, 500);
		assertFinds(Rule.ONE_HOLDER);
	}

	@Test
	void findsTokensOfWritersThatDoNotGrowAndThoseOfReadersThatAreTheSame() {
		held(1, WRITING, 10, 100, 200);
		held(2, READING, 12, 200, 300);
		held(3, READING, 12, 250, 300);
		held(4, WRITING, 9, 300, 400);
		assertFinds(Rule.TOKENS_GROW, Rule.TOKENS_DIFFER);
	}

	@Test
	void findsAReaderThatOvertookAWriterAndLetsItOvertakeAReader() {
		held(1, READING, 10, 400, 500);
		held(3, READING, 12, 100, 200);
		place(1, PAGE, "__READ__", 10, 30);
		place(3, PAGE, "__READ__", 12, 20);
		assertFinds();
		this.events.add(called(2, WRITING, 90));
		this.events.add(new Event.Ended(2, Outcome.NOT_FREE, "", 300));
		place(2, PAGE, "__WRIT__", 11, 25);
		assertFinds(Rule.IN_ORDER);
	}

	@Test
	void findsNothingInASemaphoreThatIsFull() {
		held(1, PART, 10, 100, 500);
		held(2, PART, 12, 150, 200);
		held(3, PART, 11, 150, 300);
		held(4, PART, 13, 200, 300);
		held(5, PART, 14, 300, 400);
		assertFinds();
	}

	@Test
	void findsOneMoreInASemaphoreThanItHasPermits() {
		held(1, PART, 10, 100, 500);
		held(2, PART, 11, 150, 200);
		held(3, PART, 12, 150, 300);
		held(4, PART, 13, 199, 300);
		assertFinds(Rule.WITHIN_PERMITS);
	}

	@Test
	void findsTwoInASemaphoreWithOneToken() {
		held(1, PART, 10, 100, 500);
		held(2, PART, 10, 150, 200);
		assertFinds(Rule.TOKENS_DIFFER);
	}

	@Test
	void findsWhoOvertookAsManyAsASemaphoreHasPermits() {
		for (int front = 1; front <= Fleet.PERMITS; front++) {
			held(front, PART, 9 + front, 600, 700);
			place(front, POOL, "lock-", 9 + front, 30);
		}
		held(9, PART, 19, 100, 200);
		place(9, POOL, "lock-", 19, 20);
		assertFinds(Rule.IN_ORDER);
		this.events.add(new Event.ReleaseSent(1, 99));
		assertFinds();
	}

	@Test
	void findsNothingInSeveralLocksAtOnceThatAreHeldInTurn() {
		held(1, BOTH, 10, 100, 200);
		held(2, 11, 200, 300);
		held(3, BOTH, 12, 300, 400);
		for (String lock : BOTH.locks()) {
			place(1, lock, "lock-", 10, 13);
			place(3, lock, "lock-", 12, 15);
		}
		place(2, 11, 14);
		assertFinds();
	}

	@Test
	void findsAHolderBesideOneOfSeveralLocks() {
		held(1, BOTH, 10, 100, 300);
		held(2, Aim.of("bike-2"), 11, 250, 400);
		assertFinds(Rule.ONE_HOLDER);
	}

	@Test
	void findsSeveralLocksThatWereNotQueuedForAtOnce() {
		held(1, BOTH, 10, 100, 300);
		place(1, LOCK, "lock-", 10, 20);
		place(1, "bike-2", "lock-", 11, 20);
		assertFinds(Rule.TOKEN_OF_ITS_PLACE, Rule.ALL_OR_NONE, Rule.ALL_OR_NONE);
	}

	@Test
	void findsAPartOfSeveralLocksThatWasQueuedForInVain() {
		this.events.add(called(1, BOTH, 100));
		this.events.add(new Event.Ended(1, Outcome.FAILED, "", 200));
		place(1, "bike-2", "lock-", 11, 20);
		assertFinds(Rule.ALL_OR_NONE);
	}

	@Test
	void letsSomebodyPassWhoMayHaveGivenUp() {
		this.events.add(called(1, Aim.of(LOCK), 50));
		this.events.add(new Event.Ended(1, Outcome.NOT_FREE, "", 300));
		held(2, 11, 201, 300);
		place(1, 10, 13);
		place(2, 11, 12);
		assertFinds();
	}

	private static Event.Called called(int acquisition, Aim aim, long at) {
		return new Event.Called(acquisition, "client-" + acquisition, aim, WAIT, BOUND, at);
	}

	private void held(int acquisition, long token, long from, long until) {
		held(acquisition, Aim.of(LOCK), token, from, until);
	}

	private void held(int acquisition, Aim aim, long token, long from, long until) {
		this.events.add(called(acquisition, aim, from - 10));
		this.events.add(new Event.Granted(acquisition, lease(acquisition), token, from, until));
	}

	/** Granted in an answer that came after the deadline. */
	private void late(int acquisition, long token, long at) {
		held(acquisition, token, at, at - 1);
	}

	private void place(int acquisition, long created, long deleted) {
		place(acquisition, LOCK, "lock-", created, deleted);
	}

	private void place(int acquisition, String lock, String kind, long created, long deleted) {
		String node = "_c_%s-%s%010d".formatted(lease(acquisition), kind, created);
		this.places.add(new Place(lock, node, acquisition, created, deleted));
	}

	private static UUID lease(int acquisition) {
		return new UUID(0, acquisition);
	}

	private void assertFinds(Rule... rules) {
		assertThat(Checker.check(this.events, this.places)).extracting(Violation::rule).containsExactly(rules);
	}

}
