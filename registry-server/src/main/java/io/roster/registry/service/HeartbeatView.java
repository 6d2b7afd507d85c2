package io.roster.registry.service;

/**
 * What a stream says while nothing happens.
 *
 * @param stale whether the lists may be behind, because the ensemble is away
 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
 */
record HeartbeatView(boolean stale, long ageMs) {
}
