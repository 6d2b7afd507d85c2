package io.roster.acceptance.application;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a provider answers, as late as it is asked to. */
@RestController
class BikesController {

	private final int port;

	BikesController(@Value("${server.port}") int port) {
		this.port = port;
	}

	@GetMapping("/bikes")
	CompletableFuture<Map<String, String>> bikes(@RequestParam(defaultValue = "0") long ms) {
		return answer(ms);
	}

	@PostMapping("/bikes")
	CompletableFuture<Map<String, String>> addBike(@RequestParam(defaultValue = "0") long ms) {
		return answer(ms);
	}

	private CompletableFuture<Map<String, String>> answer(long ms) {
		return CompletableFuture.supplyAsync(() -> Map.of("servedBy", String.valueOf(this.port)),
				CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS));
	}

}
