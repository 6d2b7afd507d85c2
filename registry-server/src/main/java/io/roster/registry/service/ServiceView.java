package io.roster.registry.service;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The instances of a service as the API shows them.
 *
 * @param revision names the content of the list
 * @param stale whether the list may be behind, because the ensemble is away
 * @param ageMs how long ago the ensemble was last heard of, in milliseconds
 * @param name the service
 * @param instances its instances, ordered by id
 */
@Schema(example = """
		{"revision":"4294967311","stale":false,"ageMs":12,"name":"bikesvc","instances":[{"id":"bikesvc0000000010","name":"bikesvc","sequence":10,"path":"/servers/bikesvc0000000010","address":"127.0.0.1",
		"port":8790,"secure":false,"status":"UP","metadata":{"zone":"a"},"registeredAt":"2026-01-01T12:00:00Z",
		"layout":"sequential","suspect":false}]}""")
record ServiceView(String revision, boolean stale, long ageMs, String name,
		@Schema(implementation = InstanceView[].class) InstanceList instances) {

	ServiceView withInstances(InstanceList others) {
		return new ServiceView(this.revision, this.stale, this.ageMs, this.name, others);
	}

	/**
	 * Weak, because the age differs each time; with the staleness, so that who asks with
	 * it learns when the ensemble goes and when it is back.
	 */
	String etag() {
		return "W/\"" + this.revision + (this.stale ? "-stale" : "") + "\"";
	}

}
