package io.roster.demo.consumer;

import java.util.List;

import io.roster.discovery.ServiceList;

/**
 * What the consumer knows of bikesvc.
 *
 * @param revision names this state
 * @param stale whether it may be behind, because the ensemble is away
 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
 * @param instances the instances, whatever their status
 */
record ServersView(String revision, boolean stale, long ageMs, List<InstanceView> instances) {

	static ServersView of(ServiceList list) {
		return new ServersView(list.revision(), list.stale(), list.age().toMillis(),
				list.instances().stream().map(InstanceView::of).toList());
	}

}
