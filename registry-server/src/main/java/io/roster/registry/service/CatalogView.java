package io.roster.registry.service;

import java.util.List;

import io.roster.discovery.ServiceCatalog;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * All services as the API shows them.
 *
 * @param revision names the content of the whole directory
 * @param stale whether it may be behind, because the ensemble is away
 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
 * @param services the services that have instances, ordered by name
 */
@Schema(example = """
		{"revision":"4294967311","stale":false,"ageMs":12,"services":[{"name":"bikesvc","instances":2}]}""")
record CatalogView(String revision, boolean stale, long ageMs, List<Entry> services) {

	static CatalogView of(ServiceCatalog catalog) {
		return new CatalogView(catalog.revision(), catalog.stale(), catalog.age().toMillis(),
				catalog.services().stream().map((entry) -> new Entry(entry.name(), entry.instances())).toList());
	}

	String etag() {
		return "W/\"" + this.revision + (this.stale ? "-stale" : "") + "\"";
	}

	/**
	 * One service.
	 *
	 * @param name its name
	 * @param instances how many instances it has
	 */
	record Entry(String name, int instances) {
	}

}
