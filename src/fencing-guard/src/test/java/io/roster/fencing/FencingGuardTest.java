package io.roster.fencing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Both guards on tables, on a real database inside the process. */
class FencingGuardTest {

	private static final AtomicLong DATABASES = new AtomicLong();

	private static final int THREADS = 8;

	// A writer waits for the row as long as its neighbours need, however slow the
	// machine.
	private final String url = "jdbc:h2:mem:guard" + DATABASES.incrementAndGet()
			+ ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";

	private final FencingGuard guard = new FencingGuard();

	private final FencedRow account = new FencedRow("account", "id", "last_token");

	private Connection connection;

	@BeforeEach
	void open() throws SQLException {
		this.connection = connect();
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(FencingGuard.ddl());
			statement.execute(FencingGuard.ddl());
			statement.execute("create table written (at identity, resource varchar(20), token bigint)");
			statement.execute("create table account (id int primary key, balance int, last_token bigint not null)");
			statement.execute("insert into account values (1, 0, 0)");
		}
		this.connection.commit();
	}

	@AfterEach
	void close() throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute("shutdown");
		}
	}

	private Connection connect() throws SQLException {
		Connection opened = DriverManager.getConnection(this.url);
		opened.setAutoCommit(false);
		return opened;
	}

	@Test
	void tokensMayGrowAndRepeatButNotShrink() throws SQLException {
		this.guard.check(this.connection, "bike-1", 7);
		this.guard.check(this.connection, "bike-1", 7);
		this.guard.check(this.connection, "bike-1", Long.MAX_VALUE);
		assertThatExceptionOfType(StaleTokenException.class)
			.isThrownBy(() -> this.guard.check(this.connection, "bike-1", 8))
			.satisfies((ex) -> {
				assertThat(ex.token()).isEqualTo(8);
				assertThat(ex.lastToken()).isEqualTo(Long.MAX_VALUE);
				assertThat(ex).hasMessageContaining("bike-1");
			});
		this.guard.check(this.connection, "bike-2", 0);
		assertThat(this.guard.lastToken(this.connection, "bike-2")).hasValue(0);
		assertThat(this.guard.lastToken(this.connection, "bike-3")).isEmpty();
	}

	@Test
	void aTokenCountsOnlyIfTheTransactionCommits() throws SQLException {
		this.guard.check(this.connection, "bike-1", 7);
		this.connection.commit();
		this.guard.check(this.connection, "bike-1", 9);
		this.connection.rollback();
		this.guard.check(this.connection, "bike-1", 8);
		assertThat(this.guard.lastToken(this.connection, "bike-1")).hasValue(8);
	}

	@Test
	void aConnectionThatCommitsByItselfIsRefused() throws SQLException {
		this.connection.setAutoCommit(true);
		assertThatIllegalStateException().isThrownBy(() -> this.guard.check(this.connection, "bike-1", 7))
			.withMessageContaining("setAutoCommit(false)");
		assertThat(this.guard.lastToken(this.connection, "bike-1")).isEmpty();
	}

	@Test
	void theRowItselfCarriesItsToken() throws SQLException {
		assertThat(this.account.check(this.connection, 1, 7)).isTrue();
		assertThat(this.account.check(this.connection, 2, 7)).isFalse();
		assertThatExceptionOfType(StaleTokenException.class)
			.isThrownBy(() -> this.account.check(this.connection, 1, 6));
		assertThat(this.account.lastToken(this.connection, 1)).hasValue(7);
	}

	@Test
	void whatIsNoNameOfATableIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new FencingGuard("t; drop table t"))
			.withMessageContaining("drop");
		assertThat(new FencingGuard("shop.tokens")).isNotNull();
	}

	@Test
	void aTokenThatIsNegativeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.guard.check(this.connection, "bike-1", -1))
			.withMessageContaining("-1");
	}

	@Test
	void whoIsCheckedWhileAGreaterTokenIsBeingWrittenWaitsAndIsRefused() throws Exception {
		this.guard.check(this.connection, "bike-1", 7);
		this.connection.commit();
		this.guard.check(this.connection, "bike-1", 9);
		CountDownLatch started = new CountDownLatch(1);
		CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
			try (Connection other = connect()) {
				started.countDown();
				this.guard.check(other, "bike-1", 8);
				other.commit();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
		this.connection.commit();
		assertThat(late).failsWithin(60, TimeUnit.SECONDS)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(StaleTokenException.class);
	}

	@Test
	void ofManyThatInsertTheSameResourceNoneFails() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		inThreads((thread) -> {
			try (Connection own = connect()) {
				go.countDown();
				assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
				for (int resource = 0; resource < 50; resource++) {
					this.guard.check(own, "new-" + resource, 5);
					own.commit();
				}
			}
		});
		assertThat(this.guard.lastToken(this.connection, "new-49")).hasValue(5);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void noSmallerTokenIsWrittenAfterAGreaterOneByManyThreads(boolean row) throws Exception {
		List<Long> tokens = new ArrayList<>(LongStream.range(1, 400).boxed().toList());
		AtomicLong refused = new AtomicLong();
		inThreads((thread) -> {
			List<Long> own = new ArrayList<>(tokens.stream().filter((token) -> token % THREADS == thread).toList());
			// Each thread goes upwards, as locks do, but now and then repeats an old one.
			for (int i = 7; i < own.size(); i += 7) {
				Collections.swap(own, i, i - 5);
			}
			try (Connection connection = connect()) {
				for (long token : own) {
					refused.addAndGet(write(connection, row, token) ? 0 : 1);
				}
			}
		});
		List<Long> written = written();
		assertThat(written).isSorted().endsWith(399L);
		assertThat(written).hasSize((int) (399 - refused.get()));
	}

	private boolean write(Connection connection, boolean row, long token) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (row) {
				assertThat(this.account.check(connection, 1, token)).isTrue();
			}
			else {
				this.guard.check(connection, "bike-1", token);
			}
			statement.executeUpdate("insert into written (resource, token) values ('bike-1', " + token + ")");
			connection.commit();
			return true;
		}
		catch (StaleTokenException ex) {
			connection.rollback();
			return false;
		}
	}

	/**
	 * In the order in which they were written, which the lock of the row makes that of
	 * the commits.
	 */
	private List<Long> written() throws SQLException {
		List<Long> found = new ArrayList<>();
		this.connection.rollback();
		try (Statement statement = this.connection.createStatement();
				ResultSet rows = statement.executeQuery("select token from written order by at")) {
			while (rows.next()) {
				found.add(rows.getLong(1));
			}
		}
		return found;
	}

	private static void inThreads(Work work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> running = new ArrayList<>();
			IntStream.range(0, THREADS).forEach((thread) -> running.add(threads.submit(() -> {
				work.run(thread);
				return null;
			})));
			for (Future<?> each : running) {
				each.get(120, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@FunctionalInterface
	private interface Work {

		void run(int thread) throws Exception;

	}

}
