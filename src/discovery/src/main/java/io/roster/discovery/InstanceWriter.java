package io.roster.discovery;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Writes the data of one registration.
 *
 * @param service the service
 * @param registrationId tells this registration from all others
 * @param since when it was asked for
 * @param uriSpec how its address is built
 */
record InstanceWriter(String service, String registrationId, Instant since, UriSpec uriSpec) {

	byte[] write(InstanceData data) {
		return InstanceFormat.write(this.service, this.registrationId, this.since, data, this.uriSpec);
	}

	/**
	 * Whether this is what the registration has written, whoever has changed it since.
	 */
	boolean wrote(byte @Nullable [] bytes) {
		return bytes != null && InstanceFormat.registrationId(bytes).filter(this.registrationId::equals).isPresent();
	}

}
