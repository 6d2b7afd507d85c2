package io.roster.demo.bikesvc;

import java.time.Instant;
import java.util.UUID;

/**
 * A bike in somebody's hands.
 *
 * @param id names the rental, for giving the bike back
 * @param bike the bike
 * @param rider who rides it
 * @param price as it was when the bike was rented
 * @param fencingToken of the lock under which it was written; a decimal string, because
 * JavaScript has no 64-bit integers
 * @param rentedAt when
 */
record Rental(UUID id, String bike, String rider, String price, String fencingToken, Instant rentedAt) {

}
