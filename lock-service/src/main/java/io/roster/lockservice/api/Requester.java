package io.roster.lockservice.api;

import java.util.Optional;
import java.util.UUID;

import io.roster.access.Caller;
import io.roster.access.Role;
import io.roster.locks.Claim;
import io.roster.locks.LockView;
import io.roster.locks.Place;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, as far as the locks care. Taken from the request before the call
 * waits: its answer is made on another thread.
 *
 * @param principal to whom the leases belong that the call makes; {@code null} where
 * nobody is asked for credentials, so that they are anyone's
 * @param operator whether everything may be shown
 */
record Requester(@Nullable String principal, boolean operator) {

	static Requester of(HttpServletRequest request) {
		Optional<Caller> caller = Caller.of(request);
		return new Requester(caller.map(Caller::name).filter((name) -> !name.equals(Caller.ANONYMOUS)).orElse(null),
				caller.map(Caller::role).filter((role) -> role.includes(Role.OPERATOR)).isPresent());
	}

	Claim claim(String lock, UUID lease) {
		return new Claim(lock, lease, this.principal);
	}

	/** A queue with nothing in it with which this requester could act but may not. */
	LockView see(LockView view) {
		return new LockView(view.name(), view.kind(), view.permits(), view.revision(),
				view.holders().stream().map(this::see).toList(), view.waiters().stream().map(this::see).toList());
	}

	/**
	 * A place likewise. Whoever knows the id of a lease that is anyone's can act with it,
	 * so it is not shown either.
	 */
	Place see(Place place) {
		boolean own = this.principal != null && this.principal.equals(place.principal());
		return (own || this.operator) ? place : place.concealed();
	}

}
