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

	private final List<Event> events = new ArrayList<>();

	private final List<Place> places = new ArrayList<>();

	@Test
	void findsNothingInAGoodHistory() {
		held(1, 10, 100, 200);
		held(2, 11, 200, 300);
		late(3, 12, 290);
		held(4, 13, 310, 400);
		this.events.add(new Event.Called(5, "client", "bike", BOUND, 100));
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
		this.events.add(new Event.Called(2, "client", "another", BOUND, 100));
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
		this.events.add(new Event.Accepted(1, 110));
		this.events.add(new Event.Accepted(2, 210));
		assertFinds();
		this.events.add(new Event.Refused(1, false, 215));
		assertFinds();
		this.events.add(new Event.Accepted(1, 220));
		assertFinds(Rule.NO_STALE_WRITE);
	}

	@Test
	void findsAWriteOfNobody() {
		this.events.add(new Event.Called(1, "client", "bike", BOUND, 100));
		this.events.add(new Event.Accepted(1, 110));
		this.events.add(new Event.Ended(1, Outcome.FAILED, "", 120));
		assertFinds(Rule.NO_STALE_WRITE);
	}

	@Test
	void findsAHolderThatIsRefused() {
		held(1, 10, 100, 200);
		this.events.add(new Event.Refused(1, true, 150));
		assertFinds(Rule.HOLDERS_WRITE);
	}

	@Test
	void findsAnAcquireThatNeverEnds() {
		this.events.add(new Event.Called(1, "client", "bike", BOUND, 100));
		assertFinds(Rule.ACQUIRES_END);
	}

	@Test
	void findsAnAcquireThatEndsTooLate() {
		this.events.add(new Event.Called(1, "client", "bike", BOUND, 100));
		this.events.add(new Event.Ended(1, Outcome.NOT_FREE, "", 100 + BOUND.toNanos() + 1));
		assertFinds(Rule.ACQUIRES_END);
	}

	@Test
	void findsAnAnswerThatMustNotBe() {
		this.events.add(new Event.Called(1, "client", "bike", BOUND, 100));
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
		this.events.add(new Event.Called(1, "client", "bike", BOUND, 50));
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

	private void held(int acquisition, long token, long from, long until) {
		this.events.add(new Event.Called(acquisition, "client-" + acquisition, "bike", BOUND, from - 10));
		this.events.add(new Event.Granted(acquisition, lease(acquisition), token, from, until));
	}

	/** Granted in an answer that came after the deadline. */
	private void late(int acquisition, long token, long at) {
		held(acquisition, token, at, at - 1);
	}

	private void place(int acquisition, long created, long deleted) {
		this.places
			.add(new Place("bike", "_c_%s-lock-%010d".formatted(lease(acquisition), acquisition), created, deleted));
	}

	private static UUID lease(int acquisition) {
		return new UUID(0, acquisition);
	}

	private void assertFinds(Rule... rules) {
		assertThat(Checker.check(this.events, this.places)).extracting(Violation::rule).containsExactly(rules);
	}

}
