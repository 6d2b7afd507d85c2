package io.roster.locks.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.roster.locks.client.LostLock.Reason;
import io.roster.locks.client.ScriptedReplica.Step;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.roster.locks.client.ScriptedReplica.answers;
import static io.roster.locks.client.ScriptedReplica.holds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Who leads, until when, and who is told. */
class LeaderElectionTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final Duration TTL = Duration.ofSeconds(30);

	private static final Step RELEASED = answers(200, "{\"state\":\"RELEASED\"}");

	private static final Step REVOKED = answers(410,
			"{\"type\":\"urn:roster:problem:lease-revoked\",\"detail\":\"revoked\",\"reason\":\"drain\"}");

	private final MovedTime time = new MovedTime();

	private final List<Leadership> granted = new CopyOnWriteArrayList<>();

	private final List<Leadership> revoked = new CopyOnWriteArrayList<>();

	private final List<String> atTheEnd = new CopyOnWriteArrayList<>();

	private Consumer<Leadership> whenGranted = (leadership) -> {
	};

	private ScriptedReplica replica = new ScriptedReplica(RELEASED);

	private LockClient client = LockClient.builder().url(this.replica.url()).build();

	private LeaderElection election = election(RELEASED);

	@AfterEach
	void stop() {
		this.election.close();
		this.client.close();
		this.replica.close();
	}

	@Test
	void leadsUntilItIsClosedAndIsToldBeforeTheLockIsGivenBack() {
		election(holds("7"), RELEASED).start();
		this.election.start();
		awaitGranted(1);
		assertThat(this.election.isLeader()).isTrue();
		assertThat(this.election.leadership().orElseThrow().fencingToken()).isEqualTo(7);
		this.election.close();
		assertThat(this.election.isLeader()).isFalse();
		assertThat(this.revoked).containsExactlyElementsOf(this.granted);
		assertThat(this.revoked.get(0).loss()).isEmpty();
		assertThat(this.revoked.get(0).isValid()).isFalse();
		assertThat(this.atTheEnd).containsExactly("PUT");
		assertThat(methods()).containsExactly("PUT", "DELETE");
		this.election.close();
		assertThat(this.granted).hasSize(1);
	}

	@Test
	void whoseLeaseIsNotRenewedLeadsNoMoreAndStandsAgain() {
		CountDownLatch never = new CountDownLatch(1);
		election(holds("7"), (exchange) -> awaitQuietly(never), RELEASED, holds("9"), RELEASED).start();
		awaitGranted(1);
		this.time.pass(Duration.ofMillis(29_699));
		assertThat(this.election.isLeader()).isTrue();
		this.time.pass(Duration.ofMillis(1));
		assertThat(this.granted.get(0).isValid()).isFalse();
		assertThat(this.granted.get(0).remaining()).isZero();
		never.countDown();
		awaitGranted(2);
		assertThat(this.revoked).containsExactly(this.granted.get(0));
		assertThat(this.revoked.get(0).loss()).map(LostLock::reason).contains(Reason.EXPIRED);
		assertThat(this.granted.get(1).fencingToken()).isEqualTo(9);
	}

	@Test
	void anOperatorCanTakeTheLeadershipAway() {
		election(holds("7"), REVOKED, RELEASED, holds("9"), RELEASED).start();
		awaitGranted(1);
		this.time.pass(TTL.dividedBy(3));
		awaitGranted(2);
		assertThat(this.revoked.get(0).loss()).map(LostLock::detail).contains("drain");
		assertThat(methods()).startsWith("PUT", "POST", "DELETE", "PUT");
	}

	@Test
	void aLeaderCanResignAndStandsAgain() {
		election(holds("7"), RELEASED, holds("9"), RELEASED).start();
		awaitGranted(1);
		this.granted.get(0).resign();
		awaitGranted(2);
		assertThat(this.revoked).containsExactly(this.granted.get(0));
		assertThat(this.revoked.get(0).loss()).isEmpty();
		assertThat(this.granted.get(1).lease()).isNotEqualTo(this.granted.get(0).lease());
	}

	@Test
	void whoCannotBeginGivesTheLeadershipUpForAnother() {
		this.whenGranted = (leadership) -> {
			if (leadership.fencingToken() == 7) {
				throw new IllegalArgumentException("cannot begin");
			}
		};
		election(holds("7"), RELEASED, holds("9"), RELEASED).start();
		awaitGranted(2);
		assertThat(this.revoked).containsExactly(this.granted.get(0));
		assertThat(methods()).containsExactly("PUT", "DELETE", "PUT");
	}

	@Test
	void whoIsRefusedTriesOn() {
		election(answers(403, "{\"detail\":\"not yours\"}"), holds("9"), RELEASED).start();
		awaitGranted(1);
		assertThat(methods()).containsExactly("PUT", "PUT");
	}

	@Test
	void whoWaitsLeavesTheQueueWhenItIsClosed() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		election((exchange) -> {
			asked.countDown();
			awaitQuietly(never);
		}, RELEASED).start();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		this.election.close();
		Awaitility.await().atMost(BOUND).until(() -> methods().equals(List.of("PUT", "DELETE")));
		never.countDown();
		assertThat(this.granted).isEmpty();
		assertThat(this.revoked).isEmpty();
	}

	@Test
	void theListenerMayCloseIt() {
		this.whenGranted = (leadership) -> this.election.close();
		election(holds("7"), RELEASED).start();
		Awaitility.await().atMost(BOUND).until(() -> methods().equals(List.of("PUT", "DELETE")));
		assertThat(this.revoked).containsExactlyElementsOf(this.granted);
	}

	@Test
	void endsWithItsClient() {
		election(holds("7"), RELEASED).start();
		awaitGranted(1);
		this.client.close();
		Awaitility.await().atMost(BOUND).until(() -> this.revoked.size() == 1);
		assertThat(this.revoked.get(0).loss()).map(LostLock::reason).contains(Reason.CLIENT_CLOSED);
	}

	@Test
	void isNotStartedOnceItIsClosed() {
		election(RELEASED).close();
		assertThatIllegalStateException().isThrownBy(this.election::start).withMessageContaining("boss");
		assertThat(methods()).isEmpty();
	}

	private void awaitGranted(int times) {
		Awaitility.await("granted").atMost(BOUND).until(() -> this.granted.size() == times);
	}

	private List<String> methods() {
		return this.replica.calls().stream().map((call) -> call.substring(0, call.indexOf(' '))).toList();
	}

	private LeaderElection election(Step... script) {
		this.client.close();
		this.replica.close();
		this.replica = new ScriptedReplica(script);
		this.client = LockClient.builder()
			.url(this.replica.url())
			.owner("test")
			.ticker(this.time::now)
			.timer(this.time)
			.build();
		this.election = new LeaderElection(this.client, "boss", TTL, new LeadershipListener() {

			@Override
			public void granted(Leadership leadership) {
				LeaderElectionTest.this.granted.add(leadership);
				LeaderElectionTest.this.whenGranted.accept(leadership);
			}

			@Override
			public void revoked(Leadership leadership) {
				LeaderElectionTest.this.atTheEnd.addAll(methods());
				LeaderElectionTest.this.revoked.add(leadership);
			}

		});
		return this.election;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
