package io.roster.registry.registration;

import java.time.Duration;

import io.roster.discovery.Instance;

/**
 * An instance that is kept by heartbeats.
 *
 * @param instance the instance
 * @param ttl how long it stays after a heartbeat
 * @param expiresIn for how long it surely stays from now on: counted from the moment when
 * its last write was sent, never below zero
 */
record Registered(Instance instance, Duration ttl, Duration expiresIn) {
}
