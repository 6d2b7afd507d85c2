package io.roster.discovery;

import java.time.Instant;

/**
 * Writes the data of one registration.
 *
 * @param service the service
 * @param registrationId tells this registration from all others
 * @param since when it was asked for
 */
record InstanceWriter(String service, String registrationId, Instant since) {

	byte[] write(InstanceData data) {
		return InstanceFormat.write(this.service, this.registrationId, this.since, data);
	}

}
