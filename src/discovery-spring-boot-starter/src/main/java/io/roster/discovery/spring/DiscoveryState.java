package io.roster.discovery.spring;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.roster.coordination.ConnectionStatus;
import io.roster.coordination.Coordination;
import io.roster.discovery.Directory;
import io.roster.discovery.Registrar;
import io.roster.discovery.ServiceCatalog;
import org.jspecify.annotations.Nullable;

/**
 * How discovery stands at one moment, for those who watch it. It is put together from
 * memory: nobody is asked, so it is there in an outage too.
 *
 * @param catalog the services
 * @param connection the connection to the ensemble
 * @param staleSince when the ensemble was heard of last; {@code null} while the lists are
 * fresh, or if they have never been read
 * @param refusal why the ensemble does not let this process read, if it does not
 * @param registrations the instances of this application
 */
record DiscoveryState(ServiceCatalog catalog, ConnectionStatus connection, @Nullable Instant staleSince,
		@Nullable String refusal, List<OwnRegistration> registrations) {

	static DiscoveryState of(Directory directory, Coordination coordination, @Nullable Registrar registrar,
			Clock clock) {
		ServiceCatalog catalog = directory.services();
		boolean staleSinceKnown = catalog.loaded() && catalog.stale();
		return new DiscoveryState(catalog, coordination.status(),
				staleSinceKnown ? clock.instant().minus(catalog.age()) : null, directory.refusal(),
				OwnRegistration.of(registrar, !catalog.stale()));
	}

}
