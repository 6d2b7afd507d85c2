package io.roster.demo.consumer;

import java.util.Map;

/**
 * What the page shows at one moment.
 *
 * @param servers the instances as this application knows them
 * @param served requests by instance, those that have left included
 * @param failures requests that no instance has answered
 * @param perSecond the load that this application makes by itself
 * @param elections how many changes of the ensemble's leader were noticed
 * @param epoch the epoch of the newest leader that was noticed; -1 before the first
 */
record LiveState(ServersView servers, Map<String, Long> served, long failures, int perSecond, long elections,
		long epoch) {

}
