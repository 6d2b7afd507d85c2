package io.roster.demo.bikesvc;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.roster.fencing.FencingGuard;
import io.roster.fencing.FencingTokens;
import lombok.RequiredArgsConstructor;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Bikes and rentals in the database. */
@Repository
@RequiredArgsConstructor
class BikeStore {

	private final JdbcClient jdbc;

	private final JdbcOperations connections;

	private final FencingGuard guard;

	List<Bike> bikes() {
		return this.jdbc.sql("""
				select bike.id, bike.model, rental.rider from bike
				left join rental on rental.bike = bike.id and rental.returned_at is null
				order by bike.id""")
			.query((row, number) -> new Bike(row.getString(1), row.getString(2), row.getString(3)))
			.list();
	}

	boolean exists(String bike) {
		return this.jdbc.sql("select count(*) from bike where id = ?").param(bike).query(Integer.class).single() > 0;
	}

	/**
	 * Writes a rental, unless the bike is rented, in one transaction with the check of
	 * the token under which it is written.
	 * @return whether it was written
	 * @throws io.roster.fencing.StaleTokenException if a later holder of the lock has
	 * rented the bike
	 */
	@Transactional
	public boolean rent(String lock, Rental rental) {
		long token = FencingTokens.parse(rental.fencingToken());
		this.connections.execute((Connection connection) -> {
			this.guard.check(connection, lock, token);
			return true;
		});
		return this.jdbc
			.sql("""
					insert into rental (id, bike, rider, price, fencing_token, rented_at)
					select ?, ?, ?, ?, ?, ? where not exists (select 1 from rental where bike = ? and returned_at is null)""")
			.params(rental.id(), rental.bike(), rental.rider(), rental.price(), token,
					Timestamp.from(rental.rentedAt()), rental.bike())
			.update() > 0;
	}

	/**
	 * Ends a rental.
	 * @return whether there was one
	 */
	boolean giveBack(String bike, UUID rental, Instant at) {
		return this.jdbc.sql("update rental set returned_at = ? where id = ? and bike = ? and returned_at is null")
			.params(Timestamp.from(at), rental, bike)
			.update() > 0;
	}

}
