package io.roster.fencing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Keeps the greatest token of each resource in a table of its own, for resources that
 * have no row to carry one. The check belongs into the transaction that writes:
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * guard.check(connection, "bike-7", lock.fencingToken());
 * // write what the lock bike-7 protects
 * connection.commit();
 * }</pre>
 *
 * From the check on, the resource's row is locked until the transaction ends. So a write
 * with a smaller token never commits after one with a greater: either it is checked
 * first, and then it commits first, or it is refused.
 * <p>
 * The table is {@code roster_fencing_token}, as {@link #ddl()} makes it, or another one
 * with the same columns. For H2 and PostgreSQL, see {@link FencedRow} for the isolation.
 * Has no state, safe for use by many threads.
 */
public final class FencingGuard {

	private static final String TABLE = "roster_fencing_token";

	/** SQLSTATE 23: an integrity constraint. Here: somebody else has inserted the row. */
	private static final String CONSTRAINT = "23";

	private static final int ATTEMPTS = 5;

	private final FencedRow row;

	/**
	 * A guard on the table {@code roster_fencing_token}.
	 */
	public FencingGuard() {
		this(TABLE);
	}

	/**
	 * A guard on another table with the columns {@code resource} and {@code last_token}.
	 * @param table its name, with its schema if need be
	 */
	public FencingGuard(String table) {
		this.row = new FencedRow(table, "resource", "last_token");
	}

	/**
	 * The statement that makes the table if it is not there; also on the class path as
	 * {@code io/roster/fencing/schema.sql}.
	 * @return SQL for H2 and PostgreSQL
	 */
	public static String ddl() {
		try (InputStream script = Objects.requireNonNull(FencingGuard.class.getResourceAsStream("schema.sql"))) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks and raises a resource's token within the caller's transaction. Blocks while
	 * another transaction has checked the same resource and has not ended, as long as the
	 * database lets it.
	 * @param connection the caller's, in a transaction; neither committed nor closed here
	 * @param resource what is written, 1 to 255 characters; the name of its lock will do
	 * @param token the writer's token; one that is equal to the last one passes, so that
	 * a holder may write more than once
	 * @throws StaleTokenException if the resource has seen a greater token; the
	 * transaction is to be rolled back
	 * @throws IllegalStateException if the connection commits by itself, because the
	 * check would be over before the write
	 * @throws SQLException if the database fails
	 */
	public void check(Connection connection, String resource, long token) throws SQLException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (this.row.check(connection, resource, token, resource) || insert(connection, resource, token)) {
				return;
			}
		}
		throw new SQLTransactionRollbackException(
				"the row of " + resource + " in " + this.row.table() + " comes and goes under this transaction",
				"40001");
	}

	/**
	 * The greatest token that a resource has seen, for whoever looks.
	 * @param connection any connection
	 * @param resource what is written
	 * @return the token, or nothing if it was never written
	 * @throws SQLException if the database fails
	 */
	public OptionalLong lastToken(Connection connection, String resource) throws SQLException {
		return this.row.lastToken(connection, resource);
	}

	private boolean insert(Connection connection, String resource, long token) throws SQLException {
		// PostgreSQL ends a transaction in which a statement has failed, and this one
		// may.
		Savepoint before = connection.setSavepoint();
		try (PreparedStatement insert = connection
			.prepareStatement("insert into " + this.row.table() + " (resource, last_token) values (?, ?)")) {
			insert.setString(1, resource);
			insert.setLong(2, token);
			insert.executeUpdate();
		}
		catch (SQLException ex) {
			connection.rollback(before);
			if (ex.getSQLState() != null && ex.getSQLState().startsWith(CONSTRAINT)) {
				return false;
			}
			throw ex;
		}
		connection.releaseSavepoint(before);
		return true;
	}

}
