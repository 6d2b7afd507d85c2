package io.roster.locks;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The leases for which somebody asks at this replica. One of several locks is found by
 * each of them. Confined to the replica's {@link Serial}.
 */
final class Seats {

	private final Replica replica;

	private final Map<Key, Seat> seats = new HashMap<>();

	Seats(Replica replica) {
		this.replica = replica;
	}

	/** Where calls about a lease wait, if any do. */
	@Nullable Seat find(String lock, UUID lease) {
		return this.seats.get(new Key(lock, lease));
	}

	/**
	 * Where calls about a lease wait.
	 * @param places the places of the lease
	 * @return the seat, made if need be
	 * @throws InvalidLockRequestException if others use this lease for other locks
	 */
	Seat at(LeasePlaces places) {
		Seat there = find(places.anchor(), places.lease());
		if (there != null) {
			if (!there.places().isLike(places)) {
				throw otherLocks(there.places().toString());
			}
			return there;
		}
		Seat made = new Seat(this.replica, places);
		places.locks().forEach((lock) -> this.seats.putIfAbsent(new Key(lock, places.lease()), made));
		return made;
	}

	static InvalidLockRequestException otherLocks(String lease) {
		return new InvalidLockRequestException("lease", "a lease is for one acquisition, and its id is in use: " + lease
				+ ". A lease of several locks is found at /multi-locks");
	}

	void retire(Seat seat) {
		seat.places().locks().forEach((lock) -> this.seats.remove(new Key(lock, seat.places().lease()), seat));
	}

	/** A copy. */
	List<Seat> all() {
		return List.copyOf(new LinkedHashSet<>(this.seats.values()));
	}

	private record Key(String lock, UUID lease) {
	}

}
