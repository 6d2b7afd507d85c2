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
 * @param maxWait how long a rental waits for its lock, and the most that a request may
 * ask for
 * @param maxHold the most that a request may ask for holding the lock
 */
@ConfigurationProperties("bikesvc")
record BikesvcProperties(@DefaultValue("http://127.0.0.1:8770") List<URI> lockService,
		@DefaultValue("30s") Duration maxWait, @DefaultValue("60s") Duration maxHold) {

}
