package io.roster.registry.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.roster.discovery.Directory;
import io.roster.discovery.Instance;
import io.roster.discovery.ServiceCatalog;
import org.xbill.DNS.Name;

/**
 * What a name in the zone stands for. With the zone {@code roster.}:
 * {@code bikesvc.roster.} and {@code _bikesvc._tcp.roster.} are a service, and so is
 * {@code _http._tcp.bikesvc.roster.} with any protocol in front;
 * {@code bikesvc0000000010.bikesvc.roster.} is one instance. Upper and lower case are
 * alike.
 */
final class DnsQuestion {

	private static final Set<String> PROTOCOLS = Set.of("_tcp", "_udp");

	private final Directory directory;

	private final Name zone;

	DnsQuestion(Directory directory, Name zone) {
		this.directory = directory;
		this.zone = zone;
	}

	/**
	 * Looks a name up.
	 * @param name a name in the zone
	 * @return what it stands for; empty if there is no such name
	 */
	Optional<Found> find(Name name) {
		List<String> labels = labels(name);
		if (labels.isEmpty() || (labels.size() == 1 && PROTOCOLS.contains(labels.get(0)))) {
			// The zone itself, and what only stands above names.
			return Optional.of(new Found(List.of(), false));
		}
		if (labels.size() >= 2 && labels.get(0).startsWith("_") && PROTOCOLS.contains(labels.get(1))) {
			List<String> service = (labels.size() == 2) ? List.of(labels.get(0).substring(1))
					: labels.subList(2, labels.size());
			return service(service).map((each) -> new Found(each, true));
		}
		return service(labels).map((each) -> new Found(each, true)).or(() -> instance(labels));
	}

	private Optional<Found> instance(List<String> labels) {
		return (labels.size() < 2) ? Optional.empty()
				: service(labels.subList(1, labels.size())).flatMap((instances) -> instances.stream()
					.filter((instance) -> instance.id().toLowerCase(Locale.ROOT).equals(labels.get(0)))
					.findFirst()
					.map((instance) -> new Found(List.of(instance), false)));
	}

	private Optional<List<Instance>> service(List<String> labels) {
		String name = String.join(".", labels);
		return this.directory.services()
			.services()
			.stream()
			.map(ServiceCatalog.Entry::name)
			.filter((each) -> each.equalsIgnoreCase(name))
			.findFirst()
			.map((each) -> this.directory.instances(each).instances());
	}

	/** In lower case, without those of the zone. */
	private List<String> labels(Name name) {
		List<String> labels = new ArrayList<>();
		for (int i = 0; i < name.labels() - this.zone.labels(); i++) {
			byte[] label = name.getLabel(i);
			labels.add(new String(label, 1, label[0] & 0xff, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
		}
		return labels;
	}

	/**
	 * What a name stands for.
	 *
	 * @param instances its instances, whatever their status
	 * @param service whether it is that of a service, and has SRV records
	 */
	record Found(List<Instance> instances, boolean service) {
	}

}
