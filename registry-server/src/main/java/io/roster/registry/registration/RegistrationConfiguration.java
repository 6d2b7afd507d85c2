package io.roster.registry.registration;

import java.time.Clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The registrations of this replica.
 */
@Configuration(proxyBeanMethods = false)
class RegistrationConfiguration {

	private static final String RECORDS = "registrationRecords";

	@Bean(name = RECORDS, destroyMethod = "close", defaultCandidate = false)
	@Qualifier(RECORDS)
	Mirror records(Coordination coordination) {
		return coordination.mirror(RegistrationRecord.ROOT, MirrorOptions.withData());
	}

	@Bean
	Registrations registrations(@Qualifier("rosterDiscoveryMirror") Mirror instances,
			@Qualifier(RECORDS) Mirror records, MeterRegistry meters) {
		Registrations registrations = new Registrations(instances, records, System::nanoTime, Clock.systemUTC());
		Gauge.builder("roster.registrations", registrations, Registrations::size)
			.description("The instances that were registered over REST")
			.register(meters);
		return registrations;
	}

	@Bean(destroyMethod = "close")
	RegistrationExpiry registrationExpiry(@Qualifier("rosterDiscoveryMirror") Mirror instances,
			@Qualifier(RECORDS) Mirror records, Registrations registrations) {
		RegistrationExpiry expiry = new RegistrationExpiry(instances, records, registrations, System::nanoTime);
		expiry.start();
		return expiry;
	}

}
