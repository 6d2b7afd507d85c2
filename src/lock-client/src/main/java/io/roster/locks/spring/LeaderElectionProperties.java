package io.roster.locks.spring;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the application stands for as a leader.
 *
 * @param locks the names of what is to be led, each a lock of its own; none by default
 * @param ttl how long the others wait for a leader that has died
 */
@ConfigurationProperties("roster.locks.leader-election")
record LeaderElectionProperties(@DefaultValue List<String> locks, @DefaultValue("10s") Duration ttl) {

}
