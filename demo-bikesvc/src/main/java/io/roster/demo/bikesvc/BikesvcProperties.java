package io.roster.demo.bikesvc;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bikesvc is told.
 *
 * @param lockService the base URLs of the replicas of the lock service
 * @param patience how long a rental goes on while no replica answers
 * @param maxWait the most that a request may ask for waiting for the lock
 * @param maxHold the most that a request may ask for holding the lock
 */
@ConfigurationProperties("bikesvc")
record BikesvcProperties(@DefaultValue("http://127.0.0.1:8770") List<URI> lockService,
		@DefaultValue("5s") Duration patience, @DefaultValue("30s") Duration maxWait,
		@DefaultValue("60s") Duration maxHold) {

}
