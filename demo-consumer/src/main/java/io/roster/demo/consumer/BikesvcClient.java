package io.roster.demo.consumer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Calls whichever instance of bikesvc the load balancer chooses, and counts. */
@Component
class BikesvcClient {

	static final String SERVICE = "bikesvc";

	private final RestClient client;

	private final Tally tally;

	BikesvcClient(RestClient.Builder loadBalanced, Tally tally) {
		this.client = loadBalanced.baseUrl("http://" + SERVICE).build();
		this.tally = tally;
	}

	/**
	 * What an instance answers to {@code GET /bikes}.
	 * @throws NoRideException if none does
	 */
	JsonNode bikes() {
		try {
			JsonNode bikes = this.client.get().uri("/bikes").retrieve().body(JsonNode.class);
			JsonNode answer = (bikes != null) ? bikes : MissingNode.getInstance();
			this.tally.served(answer.path("servedBy").asString("unknown"));
			return answer;
		}
		catch (RestClientException | IllegalStateException ex) {
			this.tally.failed();
			throw new NoRideException(ex);
		}
	}

}
