package io.roster.demo.bikesvc;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bikesvc is told.
 *
 * @param maxWait the most that a request may ask for waiting for the lock
 * @param maxHold the most that a request may ask for holding the lock, or for a pause
 */
@ConfigurationProperties("bikesvc")
record BikesvcProperties(@DefaultValue("30s") Duration maxWait, @DefaultValue("60s") Duration maxHold) {

}
