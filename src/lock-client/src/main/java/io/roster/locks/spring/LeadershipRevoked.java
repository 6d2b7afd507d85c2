package io.roster.locks.spring;

import io.roster.locks.client.Leadership;

/**
 * Published as an application event when this application leads no more: the leadership
 * was lost, given up, or the application is being stopped. Where it was not lost, nobody
 * else leads before the listeners have returned.
 *
 * @param leadership what had been granted; says whether it was lost, and why
 */
public record LeadershipRevoked(Leadership leadership) {

}
