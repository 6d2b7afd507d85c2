package io.roster.discovery.spring;

import java.util.List;

import io.roster.discovery.InstanceStatus;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import org.jspecify.annotations.Nullable;

/**
 * One instance of this application, as far as this application knows.
 *
 * @param service the service
 * @param id its id; {@code null} while it has none. While the ensemble is away it is the
 * last one, and the next one may be another
 * @param status what it says about itself, or is about to
 * @param state whether it stands in the ensemble
 */
record OwnRegistration(String service, @Nullable String id, InstanceStatus status, State state) {

	/**
	 * What this application keeps registered.
	 * @param registrar the registrar, {@code null} where nothing is registered
	 * @param fresh whether the ensemble is heard of
	 */
	static List<OwnRegistration> of(@Nullable Registrar registrar, boolean fresh) {
		if (registrar == null) {
			return List.of();
		}
		return registrar.registrations().stream().map((each) -> of(each, fresh)).toList();
	}

	private static OwnRegistration of(Registration registration, boolean fresh) {
		String id = registration.registeredAs().orElse(null);
		State standing = fresh ? State.REGISTERED : State.UNCONFIRMED;
		return new OwnRegistration(registration.service(), id, registration.data().status(),
				(id != null) ? standing : State.REGISTERING);
	}

	/** Whether an instance stands in the ensemble. */
	enum State {

		/** It does. */
		REGISTERED,

		/**
		 * It did when the ensemble was heard of last; its session may have run out since.
		 */
		UNCONFIRMED,

		/** Not yet, or not again yet. */
		REGISTERING

	}

}
