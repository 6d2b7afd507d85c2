package io.roster.demo.consumer;

import java.time.Instant;
import java.util.List;

import io.roster.discovery.ServiceList;
import org.jspecify.annotations.Nullable;

/**
 * What the consumer knows of bikesvc.
 *
 * @param revision names this state
 * @param stale whether it may be behind, because the ensemble is away
 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
 * @param staleSince when the ensemble was heard of last; {@code null} while the list is
 * fresh or has never been read
 * @param instances the instances, whatever their status
 */
record ServersView(String revision, boolean stale, long ageMs, @Nullable Instant staleSince,
		List<InstanceView> instances) {

	static ServersView of(ServiceList list) {
		boolean sinceKnown = list.loaded() && list.stale();
		return new ServersView(list.revision(), list.stale(), list.age().toMillis(),
				sinceKnown ? Instant.now().minus(list.age()) : null,
				list.instances().stream().map(InstanceView::of).toList());
	}

}
