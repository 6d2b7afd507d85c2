package io.roster.registry.prometheus;

import java.util.List;

import io.roster.discovery.Directory;
import io.roster.discovery.ServiceCatalog;
import io.roster.registry.problem.NotReadYetException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import lombok.RequiredArgsConstructor;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Prometheus' HTTP service discovery.
 */
@Tag(name = "Prometheus")
@RestController
@RequestMapping("/api/v1/prometheus")
@RequiredArgsConstructor
class TargetController {

	private final Directory directory;

	@Operation(summary = "All instances that name an endpoint, for Prometheus' http_sd_configs",
			description = "Whatever their status: what drains is watched too. During an outage of the ensemble the last "
					+ "known ones; before the first reading 503, with which Prometheus keeps its targets.")
	@GetMapping("/targets")
	ResponseEntity<List<TargetGroup>> targets() {
		ServiceCatalog catalog = this.directory.services();
		if (!catalog.loaded()) {
			throw new NotReadYetException(this.directory.refusal());
		}
		List<TargetGroup> groups = catalog.services()
			.stream()
			.flatMap((service) -> this.directory.instances(service.name()).instances().stream())
			.filter((instance) -> instance.address() != null)
			.map(TargetGroup::of)
			.toList();
		return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(groups);
	}

}
