package io.roster.locks.spring;

import io.roster.locks.client.Leadership;

/**
 * Published as an application event when this application begins to lead. Listeners are
 * called on the election's thread and return soon; if one throws, the leadership is given
 * up.
 *
 * @param leadership until when, and with which fencing token
 */
public record LeadershipGranted(Leadership leadership) {

}
