package io.roster.demo.consumer;

import io.swagger.v3.oas.annotations.Operation;
import lombok.RequiredArgsConstructor;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Switches the load on and off. */
@RestController
@RequestMapping("/load")
@RequiredArgsConstructor
class LoadController {

	private final LoadGenerator generator;

	@GetMapping
	@Operation(summary = "Shows how much load this application makes by itself")
	LoadView load() {
		return new LoadView(this.generator.perSecond());
	}

	@PutMapping
	@Operation(summary = "Changes the load that this application makes: 0 to 100 requests per second")
	LoadView change(@RequestBody LoadView wanted) {
		Integer rate = wanted.perSecond();
		if (rate == null || rate < 0 || rate > LoadGenerator.MAX_PER_SECOND) {
			throw new InvalidRequestException("perSecond",
					"perSecond must be from 0 to " + LoadGenerator.MAX_PER_SECOND + ", not " + rate + ".");
		}
		this.generator.perSecond(rate);
		return load();
	}

}
