package io.roster.demo.consumer;

import io.roster.discovery.Directory;
import io.swagger.v3.oas.annotations.Operation;
import lombok.RequiredArgsConstructor;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this application's own mirror shows. */
@RestController
@RequiredArgsConstructor
class ServersController {

	private final Directory directory;

	@GetMapping("/servers")
	@Operation(summary = "Shows the instances of bikesvc as this application knows them, without asking anybody")
	ServersView servers() {
		return ServersView.of(this.directory.instances(BikesvcClient.SERVICE));
	}

}
