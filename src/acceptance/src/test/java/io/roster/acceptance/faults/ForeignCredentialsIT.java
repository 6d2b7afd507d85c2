package io.roster.acceptance.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.roster.acceptance.FreePorts;
import io.roster.acceptance.Http;
import io.roster.acceptance.RunningApplication;
import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.DigestCredentials;
import io.roster.coordination.ZnodeAccess;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.zookeeper.ZooDefs.Ids;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs in other languages on an ensemble that is closed to strangers:
 * {@code -Dforeign.digest=true} says that the commands of {@link ForeignProgramsIT} know
 * credentials.
 */
@Tag("faults")
@EnabledIfSystemProperty(named = "foreign.digest", matches = "true",
		disabledReason = "no foreign program with credentials is given: -Dforeign.digest=true says that they know them")
@TestInstance(Lifecycle.PER_CLASS)
class ForeignCredentialsIT {

	private static final Duration BOUND = Duration.ofMinutes(1);

	private final DigestCredentials roster = new DigestCredentials("roster", UUID.randomUUID().toString());

	private final DigestCredentials apps = new DigestCredentials("apps", UUID.randomUUID().toString());

	private Path folder;

	private LocalEnsemble ensemble;

	private RunningApplication registry;

	private Coordination operator;

	@BeforeAll
	void start(@TempDir Path temporary) {
		this.folder = temporary;
		this.ensemble = LocalEnsemble.start(1);
		this.registry = RunningApplication
			.launch("registry-server", FreePorts.next(), temporary,
					"spring.cloud.zookeeper.connect-string=" + this.ensemble.connectString(),
					"roster.zookeeper.own-ensemble=true", "roster.zookeeper.username=roster",
					"roster.zookeeper.password=" + this.roster.password(), "roster.zookeeper.clients[0].username=apps",
					"roster.zookeeper.clients[0].password=" + this.apps.password())
			.awaitReady();
		this.operator = Coordination.connect(this.ensemble.connectString(), Duration.ofSeconds(30),
				CoordinationOptions.defaults()
					.withAccess(new ZnodeAccess(List.of(this.roster), List.of(this.apps), List.of())));
		soon(() -> assertThat(this.operator.client().getACL().forPath("/"))
			.doesNotContainAnyElementsOf(Ids.OPEN_ACL_UNSAFE));
	}

	@AfterAll
	void stop() {
		this.operator.close();
		this.registry.close();
		this.ensemble.close();
	}

	@ParameterizedTest
	@CsvSource({ "go, false", "go, true", "python, false", "python, true" })
	void registerAndAreClosedToStrangers(String language, boolean open) {
		String service = language + open;
		try (ForeignProgram program = program(language, credentials(this.apps.password(), open), "register",
				"/servers/" + service, "127.0.0.1:9001")) {
			soon(() -> assertThat(Http.get(this.registry.uri("/api/v1/services/" + service)).json().path("instances"))
				.as(program.output())
				.hasSize(1));
			CuratorFramework client = this.operator.client();
			soon(() -> assertThat(client.getChildren().forPath("/servers"))
				.filteredOn((name) -> name.startsWith(service))
				.singleElement()
				.satisfies((name) -> assertThat(client.getACL().forPath("/servers/" + name)).isNotEmpty()
					.noneMatch((acl) -> acl.getId().equals(Ids.ANYONE_ID_UNSAFE))));
			program.stop();
			soon(() -> assertThat(Http.get(this.registry.uri("/api/v1/services/" + service)).json().path("instances"))
				.isEmpty());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "go", "python" })
	void standInOneQueueWithCurator(String language) throws Exception {
		String lock = "/locks/of-" + language;
		InterProcessMutex mutex = new InterProcessMutex(this.operator.client(), lock);
		mutex.acquire();
		try (ForeignProgram program = program(language, credentials(this.apps.password(), false), "lock", lock,
				"300")) {
			soon(() -> assertThat(this.operator.client().getChildren().forPath(lock)).as(program.output()).hasSize(2));
			mutex.release();
			soon(() -> assertThat(program.output()).contains("acquired"));
			program.stop();
		}
	}

	@ParameterizedTest
	@CsvSource({ "go, register", "go, mirror", "go, lock", "python, register", "python, mirror", "python, lock" })
	void withoutCredentialsOrWithWrongOnesAreRefused(String language, String what) {
		for (Map<String, String> environment : List.of(Map.<String, String>of(), credentials("wrong", false))) {
			try (ForeignProgram program = program(language, environment, what, "/servers", "5")) {
				soon(() -> assertThat(program.output()).containsIgnoringCase("auth"));
				assertThat(program.output()).doesNotContain("registered ", "children ", "acquired ");
			}
		}
	}

	private static Map<String, String> credentials(String password, boolean open) {
		String digest = "apps:" + password;
		return open ? Map.of("ZOOKEEPER_DIGEST", digest, "ZOOKEEPER_OPEN", "true") : Map.of("ZOOKEEPER_DIGEST", digest);
	}

	private ForeignProgram program(String language, Map<String, String> environment, String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = this.ensemble.connectString();
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return new ForeignProgram(ForeignProgramsIT.requireCommand(language), this.folder, environment, all);
	}

	private static void soon(ThrowingRunnable assertion) {
		Awaitility.await().atMost(BOUND).untilAsserted(assertion);
	}

}
