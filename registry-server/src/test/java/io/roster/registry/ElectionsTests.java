package io.roster.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.roster.ensemble.LocalEnsemble;
import io.roster.registry.ensemble.ElectionView;
import io.roster.registry.ensemble.EnsembleFeed;
import io.roster.registry.ensemble.EnsembleView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two replicas on three members.
 */
class ElectionsTests {

	private static LocalEnsemble ensemble;

	private static ConfigurableApplicationContext first;

	private static ConfigurableApplicationContext second;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(3);
		first = replica();
		second = replica();
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
		ensemble.close();
	}

	@Test
	void anElectionIsSeenExplainedAndToldByBothReplicasAlike() throws Exception {
		Queue<ElectionView> told = new ConcurrentLinkedQueue<>();
		Queue<EnsembleView> views = new ConcurrentLinkedQueue<>();
		EnsembleFeed feed = first.getBean(EnsembleFeed.class);
		await().atMost(Duration.ofSeconds(30)).until(() -> feed.ensemble().map(EnsembleView::quorum).orElse(false));
		int leader = ensemble.leaderId();
		JsonNode none = elections(first);
		assertThat(none.get("elections")).isEmpty();
		assertThat(none.get("note").asString()).contains("inferred");
		Instant begin = Instant.now();
		try (var elections = feed.onElection(told::add); var changes = feed.onChange(views::add)) {
			ensemble.stop(leader);
			await().atMost(Duration.ofSeconds(30)).until(() -> elections(first).get("elections").size() == 1);
			await().atMost(Duration.ofSeconds(30)).until(() -> elections(second).equals(elections(first)));
			await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 1 && !views.isEmpty());
		}
		ensemble.start(leader, false);
		JsonNode election = elections(first).get("elections").get(0);
		assertThat(election.propertyNames()).containsExactly("epoch", "at", "winner", "voters", "before", "candidates",
				"explained", "why");
		assertThat(election.get("epoch").asLong()).isEqualTo(2);
		assertThat(Instant.parse(election.get("at").asString())).isAfterOrEqualTo(begin.minusSeconds(1));
		int winner = election.get("winner").asInt();
		assertThat(winner).isNotEqualTo(leader);
		assertThat(election.get("before").get("leader").asInt()).isEqualTo(leader);
		List<Integer> stood = new ArrayList<>();
		election.get("candidates").forEach((candidate) -> {
			stood.add(candidate.get("id").asInt());
			assertThat(candidate.get("epoch").asLong()).isEqualTo(1);
			assertThat(candidate.get("zxid").isString()).isTrue();
		});
		assertThat(stood).hasSize(2).contains(winner).doesNotContain(leader);
		assertThat(election.get("why").asString()).contains("Member " + winner + " leads");
		assertThat(told.element().epoch()).isEqualTo(2);
	}

	@Test
	void theSettingsAreThoseOfTheMembersThemselves() throws Exception {
		// A member that was started a moment ago, or is slow to answer, tells nothing.
		JsonNode configuration = await().atMost(Duration.ofSeconds(30))
			.until(() -> client(first).json("/api/v1/ensemble/configuration"), ElectionsTests::everyMemberHasTold);
		assertThat(configuration.get("parameters").valueStream().limit(5).map((each) -> each.get("name").asString()))
			.containsExactly("tickTime", "initLimit", "syncLimit", "dataDir", "clientPort");
		JsonNode initLimit = configuration.get("parameters").get(1);
		assertThat(initLimit.get("meaning").asString()).isNotBlank();
		assertThat(initLimit.get("values")).hasSize(3).allSatisfy((value) -> {
			assertThat(value.get("value").asString()).isEqualTo("50");
			assertThat(value.get("effective").asString()).isEqualTo("10s");
		});
		assertThat(configuration.get("servers")).hasSize(3).allSatisfy((server) -> {
			assertThat(server.get("line").asString()).startsWith("server." + server.get("id").asInt() + "=127.0.0.1:");
			assertThat(server.get("role").asString()).isEqualTo("participant");
			assertThat(server.get("toldBy").valueStream().map(JsonNode::asString)).contains("config");
		});
		List<String> codes = codes(configuration);
		assertThat(codes).contains("autopurge-not-told")
			.doesNotContain("even-members", "single-member", "members-disagree", "session-timeout-out-of-range");
		JsonNode purge = configuration.get("parameters").valueStream().reduce((one, other) -> other).orElseThrow();
		assertThat(purge.get("name").asString()).isEqualTo("autopurge.purgeInterval");
		assertThat(purge.get("values")).allMatch((value) -> value.get("value").isNull());
	}

	private static boolean everyMemberHasTold(JsonNode configuration) {
		return configuration.get("parameters")
			.get(1)
			.get("values")
			.valueStream()
			.noneMatch((each) -> each.get("value").isNull()) && configuration.get("servers").size() == 3;
	}

	static List<String> codes(JsonNode configuration) {
		return configuration.get("warnings").valueStream().map((each) -> each.get("code").asString()).toList();
	}

	private static JsonNode elections(ConfigurableApplicationContext replica) throws Exception {
		return client(replica).json("/api/v1/ensemble/elections");
	}

	private static ApiClient client(ConfigurableApplicationContext replica) {
		return new ApiClient(replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static ConfigurableApplicationContext replica() {
		return new SpringApplicationBuilder(RegistryServerApplication.class).run("--server.port=0",
				"--spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
				"--roster.ensemble.survey-interval=200ms");
	}

}
