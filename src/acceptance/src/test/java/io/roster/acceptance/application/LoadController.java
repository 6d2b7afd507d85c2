package io.roster.acceptance.application;

import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Starts a load on the service, tells what becomes of it, and ends it. */
@RestController
@RequestMapping("/load")
class LoadController {

	private final RestClient client;

	private Load load;

	LoadController(RestClient.Builder loadBalanced) {
		this.client = loadBalanced.baseUrl("http://" + TestApplication.SERVICE).build();
		this.load = new Load(this.client, 0);
	}

	/** Counts from zero. */
	@PutMapping
	synchronized void start(@RequestParam int get, @RequestParam int post, @RequestParam long ms)
			throws InterruptedException {
		this.load.stop();
		this.load = new Load(this.client, ms);
		this.load.start(HttpMethod.GET, get);
		this.load.start(HttpMethod.POST, post);
	}

	@GetMapping
	synchronized Outcomes outcomes() {
		return this.load.outcomes();
	}

	@DeleteMapping
	synchronized Outcomes stop() throws InterruptedException {
		return this.load.stop();
	}

}
