package io.roster.discovery;

import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All members by service; immutable. It knows neither where members are read from nor who
 * follows it.
 */
record ServiceIndex(boolean loaded, PSortedMap<String, Service> services, long revision) {

	private static final Service NOBODY = Service.empty();

	static ServiceIndex unread() {
		return new ServiceIndex(false, TreePMap.<String, Service>empty(), 0);
	}

	ServiceIndex asLoaded() {
		return new ServiceIndex(true, this.services, this.revision);
	}

	Service service(String name) {
		return this.services.getOrDefault(name, NOBODY);
	}

	@Nullable Member member(String service, String key) {
		return service(service).member(key);
	}

	ServiceIndex with(Member member) {
		String name = member.instance().name();
		return replaced(name, service(name).with(member));
	}

	ServiceIndex without(Member member) {
		String name = member.instance().name();
		return replaced(name, service(name).without(member));
	}

	private ServiceIndex replaced(String name, Service service) {
		long total = this.revision - service(name).revision() + service.revision();
		return new ServiceIndex(this.loaded,
				(service.size() == 0) ? this.services.minus(name) : this.services.plus(name, service), total);
	}

	String revisionText() {
		return this.loaded ? Revision.text(this.revision) : Revision.UNLOADED;
	}

	String revisionText(String name) {
		return this.loaded ? Revision.text(service(name).revision()) : Revision.UNLOADED;
	}

}
