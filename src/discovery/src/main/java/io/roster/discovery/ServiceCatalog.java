package io.roster.discovery;

import java.time.Duration;
import java.util.List;

/**
 * All services at one moment; immutable.
 *
 * @param revision names the content of the whole directory, as
 * {@link ServiceList#revision()} does for one service
 * @param loaded whether the directory has been read at all
 * @param stale whether it may be behind, because the ensemble is away
 * @param age how long ago the ensemble was last heard of
 * @param services the services that have instances, ordered by name
 */
public record ServiceCatalog(String revision, boolean loaded, boolean stale, Duration age, List<Entry> services) {

	/**
	 * One service.
	 *
	 * @param name its name
	 * @param instances how many instances it has, whatever their status
	 */
	public record Entry(String name, int instances) {
	}

}
