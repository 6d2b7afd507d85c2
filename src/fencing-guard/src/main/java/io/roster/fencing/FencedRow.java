package io.roster.fencing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Rows that carry the greatest token with which they were written, in a column of their
 * own. One guarded update raises it:
 *
 * <pre>{@code
 * update account set last_token = ? where id = ? and last_token <= ?
 * }</pre>
 *
 * and locks the row until the caller's transaction ends, so that of two writers the
 * second sees what the first has committed. A program that updates the row anyway puts
 * the same condition into its own statement, and needs this class only to learn why no
 * row was updated.
 * <p>
 * Plain SQL, for H2 and PostgreSQL at READ COMMITTED, the default of both. At a stricter
 * isolation the database itself may refuse one of two concurrent writers with SQLSTATE
 * 40001; nothing is written then, either. Has no state, safe for use by many threads.
 *
 * @param table the table's name
 * @param keyColumn the column that identifies a row
 * @param tokenColumn the column of the greatest token: a {@code bigint}, not null, 0 at
 * first
 */
public record FencedRow(String table, String keyColumn, String tokenColumn) {

	private static final int ATTEMPTS = 5;

	private static final String SERIALIZATION_FAILURE = "40001";

	private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

	/**
	 * Checks the names, which become part of statements.
	 */
	public FencedRow {
		requireName("table", table);
		requireName("keyColumn", keyColumn);
		requireName("tokenColumn", tokenColumn);
	}

	private static void requireName(String what, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(what + " must be a plain SQL name, not '" + name + "'");
		}
	}

	/**
	 * Raises a row's token within the caller's transaction. After this the transaction
	 * may write what the row protects: nobody with a smaller token commits after it.
	 * Blocks while another transaction holds the row, as long as the database lets it.
	 * @param connection the caller's, in a transaction; neither committed nor closed here
	 * @param key identifies the row
	 * @param token the writer's token; one that is equal to the last one passes, so that
	 * a holder may write more than once
	 * @return {@code false} if there is no such row
	 * @throws StaleTokenException if the row has seen a greater token
	 * @throws IllegalStateException if the connection commits by itself, because the
	 * check would be over before the write
	 * @throws SQLException if the database fails
	 */
	public boolean check(Connection connection, Object key, long token) throws SQLException {
		return check(connection, key, token, this.table + " " + key);
	}

	boolean check(Connection connection, Object key, long token, String shownAs) throws SQLException {
		FencingTokens.check(token);
		requireTransaction(connection);
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			if (raise(connection, key, token)) {
				return true;
			}
			OptionalLong last = lastToken(connection, key);
			if (last.isEmpty()) {
				return false;
			}
			if (last.getAsLong() > token) {
				throw new StaleTokenException(shownAs, token, last.getAsLong());
			}
			// Inserted, or rolled back to a smaller token, between the two statements.
		}
		throw new SQLTransactionRollbackException("the token of " + shownAs + " changes under this transaction",
				SERIALIZATION_FAILURE);
	}

	/**
	 * The greatest token that a row has seen.
	 * @param connection any connection
	 * @param key identifies the row
	 * @return the token, or nothing if there is no such row
	 * @throws SQLException if the database fails
	 */
	public OptionalLong lastToken(Connection connection, Object key) throws SQLException {
		try (PreparedStatement select = connection.prepareStatement(
				"select " + this.tokenColumn + " from " + this.table + " where " + this.keyColumn + " = ?")) {
			select.setObject(1, key);
			try (ResultSet rows = select.executeQuery()) {
				return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
			}
		}
	}

	private boolean raise(Connection connection, Object key, long token) throws SQLException {
		try (PreparedStatement update = connection.prepareStatement("update " + this.table + " set " + this.tokenColumn
				+ " = ? where " + this.keyColumn + " = ? and " + this.tokenColumn + " <= ?")) {
			update.setLong(1, token);
			update.setObject(2, key);
			update.setLong(3, token);
			return update.executeUpdate() > 0;
		}
	}

	static void requireTransaction(Connection connection) throws SQLException {
		if (connection.getAutoCommit()) {
			throw new IllegalStateException("the token is checked within the transaction that writes, "
					+ "but this connection commits each statement by itself: setAutoCommit(false)");
		}
	}

}
