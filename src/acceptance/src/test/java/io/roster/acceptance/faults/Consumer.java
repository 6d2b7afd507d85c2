package io.roster.acceptance.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.acceptance.application.Outcomes;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that makes requests to the service through the load balancer and counts them.
 */
final class Consumer {

	static final Duration BOUND = Duration.ofSeconds(120);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RunningApplication process;

	Consumer(RunningApplication process) {
		this.process = process;
	}

	RunningApplication process() {
		return this.process;
	}

	/** What its {@code DiscoveryClient} answers, as {@code host:port}. */
	List<String> instances() {
		return get("/instances").valueStream().map(JsonNode::asString).toList();
	}

	void awaitInstances(Collection<Provider> providers) {
		List<String> expected = providers.stream().map(Provider::address).sorted().toList();
		Awaitility.await("the consumer sees " + expected)
			.atMost(BOUND)
			.untilAsserted(() -> assertThat(instances()).isEqualTo(expected));
	}

	/** Its session with the ensemble. */
	long session() {
		return Long.parseLong(get("/session").asString());
	}

	/**
	 * Makes requests from now on, and counts from zero.
	 * @param gets how many GET per second
	 * @param posts how many POST per second
	 * @param answerAfterMs how long a test application takes for its answer
	 */
	void load(int gets, int posts, long answerAfterMs) {
		Http.Answer answer = Http
			.put(this.process.uri("/load?get=%d&post=%d&ms=%d".formatted(gets, posts, answerAfterMs)), "");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
	}

	/** Waits for so many more requests with an outcome. */
	void awaitOutcomes(long more) {
		long goal = ended(outcomes()) + more;
		Awaitility.await(more + " more outcomes").atMost(BOUND).until(() -> ended(outcomes()) >= goal);
	}

	private static long ended(Outcomes outcomes) {
		return outcomes.answered() + outcomes.failures().size();
	}

	Outcomes outcomes() {
		return JSON.treeToValue(get("/load"), Outcomes.class);
	}

	/** Ends the load, and waits for the outcomes of what is in flight. */
	Outcomes endLoad() {
		Http.Answer answer = Http.delete(this.process.uri("/load"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return JSON.treeToValue(answer.json(), Outcomes.class);
	}

	/** Stops the process in its tracks, as SIGSTOP does. */
	void suspend() {
		signal("STOP");
	}

	/** Lets the process go on. */
	void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start();
			assertThat(kill.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(kill.exitValue()).isZero();
		}
		catch (IOException ex) {
			throw new AssertionError("kill cannot be run", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	private JsonNode get(String path) {
		Http.Answer answer = Http.get(this.process.uri(path));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return answer.json();
	}

}
