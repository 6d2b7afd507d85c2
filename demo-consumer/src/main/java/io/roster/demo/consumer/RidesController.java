package io.roster.demo.consumer;

import io.swagger.v3.oas.annotations.Operation;
import lombok.RequiredArgsConstructor;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rides, by way of bikesvc. */
@RestController
@RequiredArgsConstructor
class RidesController {

	private final BikesvcClient bikesvc;

	@GetMapping("/rides")
	@Operation(summary = "Asks an instance of bikesvc through the load balancer and returns its answer")
	JsonNode rides() {
		return this.bikesvc.bikes();
	}

}
