package io.roster.acceptance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.CoordinationOptions;
import io.roster.coordination.DigestCredentials;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.ZnodeAccess;
import io.roster.discovery.InstanceData;
import io.roster.discovery.Registrar;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An ensemble with credentials and all that Roster does on it: everybody who has them
 * goes on as without, and a stranger reads and writes nothing.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClosedEnsembleIT {

	private static final Duration BOUND = Duration.ofSeconds(30);

	/**
	 * What ZooKeeper's server itself opens to the world, and who may change it is nobody.
	 */
	private static final String SERVERS_OWN = "/zookeeper/config";

	private final DigestCredentials rosterUser = new DigestCredentials("roster", UUID.randomUUID().toString());

	private final DigestCredentials appsUser = new DigestCredentials("apps", UUID.randomUUID().toString());

	private final ZnodeAccess asService = new ZnodeAccess(List.of(this.rosterUser), List.of(this.appsUser), List.of());

	private final List<AutoCloseable> running = new ArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private LocalEnsemble ensemble;

	private RunningApplication registry;

	private RunningApplication locks;

	private RunningApplication bikesvc;

	private Coordination roster;

	private Coordination application;

	@BeforeAll
	void start(@TempDir Path folder) throws Exception {
		this.ensemble = LocalEnsemble.start(1);
		String connectString = "spring.cloud.zookeeper.connect-string=" + this.ensemble.connectString();
		this.registry = track(RunningApplication.launch("registry-server", FreePorts.next(), folder,
				service(connectString, "roster.zookeeper.own-ensemble=true")));
		this.locks = track(RunningApplication.launch("lock-service", FreePorts.next(), folder, service(connectString)));
		this.bikesvc = track(RunningApplication.launch("demo-bikesvc", FreePorts.next(), folder, connectString,
				"roster.zookeeper.username=" + this.appsUser.username(),
				"roster.zookeeper.password=" + this.appsUser.password(), "roster.discovery.register-in=both"));
		this.roster = connect(this.asService);
		this.application = connect(ZnodeAccess.as(this.appsUser));
		this.registry.awaitReady();
		this.locks.awaitReady();
		this.bikesvc.awaitReady();
	}

	private String[] service(String... more) {
		List<String> properties = new ArrayList<>(List.of(more));
		properties.add("roster.zookeeper.username=" + this.rosterUser.username());
		properties.add("roster.zookeeper.password=" + this.rosterUser.password());
		properties.add("roster.zookeeper.clients[0].username=" + this.appsUser.username());
		properties.add("roster.zookeeper.clients[0].password=" + this.appsUser.password());
		return properties.toArray(String[]::new);
	}

	private Coordination connect(ZnodeAccess access) {
		return track(Coordination.connect(this.ensemble.connectString(), Duration.ofSeconds(30),
				CoordinationOptions.defaults().withAccess(access)));
	}

	@AfterAll
	void stop() throws Exception {
		for (AutoCloseable each : this.running) {
			each.close();
		}
		this.threads.shutdownNow();
		this.ensemble.close();
	}

	@Test
	void whoHasCredentialsGoesOnAndAStrangerReadsAndWritesNothing() throws Exception {
		registerInBothLayouts();
		JsonNode held = queueOfThree("/api/v1/locks/bike-1/leases/");
		operatorsWord();
		soon(() -> assertThat(this.roster.client().getChildren().forPath("/roster/audit")).isNotEmpty());
		configurationIsPushed();
		List<String> open = foreignProgramsWithTheirDefaults();
		soon(() -> {
			for (String path : open) {
				assertThat(this.roster.client().getACL().forPath(path)).as(path)
					.noneMatch((acl) -> acl.getId().equals(Ids.ANYONE_ID_UNSAFE));
			}
		});
		Set<String> all = walk();
		assertThat(all).contains("/", "/zookeeper/quota", "/config/bikesvc/ride.price", "/roster/audit")
			.anyMatch((path) -> path.matches("/servers/bikesvc\\d{10}"))
			.anyMatch((path) -> path.matches("/services/bikesvc/.+"))
			.anyMatch((path) -> path.matches("/roster/audit/record-\\d{10}"))
			.anyMatch((path) -> path.startsWith("/locks/bike-1/") && path.contains(held.path("lease").asString()));
		refused(all, "");
		refused(all, this.appsUser.username() + ":wrong");
		refused(all, this.rosterUser.username() + ":wrong");
	}

	/** The application reads what only Roster may write. */
	private void configurationIsPushed() {
		URI price = this.registry.uri("/api/v1/config/bikesvc/ride.price");
		for (String value : List.of("3.25", "2.75")) {
			assertThat(Http.put(price, "{\"value\":\"" + value + "\"}").status()).isIn(200, 201);
			soon(() -> assertThat(Http.get(this.bikesvc.uri("/bikes")).json().path("price").asString())
				.isEqualTo(value));
		}
	}

	/** Two instances, one of a process and one of a plain program. */
	private void registerInBothLayouts() throws Exception {
		Registrar registrar = track(Registrar.over(this.application.mirror("/servers", MirrorOptions.withData()),
				this.application.mirror("/services", MirrorOptions.withData())));
		registrar.register("bikesvc", InstanceData.at("127.0.0.1", 9)).registered().get(30, TimeUnit.SECONDS);
		soon(() -> assertThat(Http.get(this.registry.uri("/api/v1/services/bikesvc")).json().path("instances"))
			.hasSize(2)
			.allSatisfy((instance) -> assertThat(instance.path("address").asString()).isNotEmpty()));
	}

	/**
	 * A lease holds, another one waits, and so does Curator; the second is thrown out.
	 */
	private JsonNode queueOfThree(String leases) {
		UUID second = UUID.randomUUID();
		JsonNode held = Http
			.put(this.locks.uri(leases + UUID.randomUUID()), "{\"owner\":\"a\",\"ttl\":\"5m\",\"wait\":\"0s\"}")
			.json();
		assertThat(held.path("state").asString()).isEqualTo("HELD");
		assertThat(Http.put(this.locks.uri(leases + second), "{\"owner\":\"b\",\"ttl\":\"5m\",\"wait\":\"10ms\"}")
			.status()).isEqualTo(202);
		InterProcessMutex mutex = new InterProcessMutex(this.application.client(), "/locks/bike-1");
		CompletableFuture<Void> turn = CompletableFuture.runAsync(() -> await(mutex), this.threads);
		URI queue = this.locks.uri("/api/v1/locks/bike-1");
		soon(() -> assertThat(Http.get(queue).json().path("waiters")).hasSize(2));
		Http.delete(this.locks.uri(leases + second + "?force=true&reason=tried"));
		soon(() -> assertThat(Http.get(queue).json().path("waiters")).hasSize(1));
		curatorsTurnComes(leases);
		assertThat(turn).isNotDone();
		return held;
	}

	/** In a queue of its own: the lease goes, and Curator holds. */
	private void curatorsTurnComes(String leases) {
		String other = leases.replace("bike-1", "bike-2") + UUID.randomUUID();
		Http.put(this.locks.uri(other), "{\"owner\":\"a\",\"ttl\":\"5m\",\"wait\":\"0s\"}");
		InterProcessMutex mutex = new InterProcessMutex(this.application.client(), "/locks/bike-2");
		CompletableFuture<Void> turn = CompletableFuture.runAsync(() -> await(mutex), this.threads);
		soon(() -> assertThat(Http.get(this.locks.uri("/api/v1/locks/bike-2")).json().path("waiters")).hasSize(1));
		Http.delete(this.locks.uri(other));
		assertThat(turn).succeedsWithin(BOUND);
	}

	private static void await(InterProcessMutex mutex) {
		try {
			mutex.acquire();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Roster's user writes into a node that an application has created for its own. */
	private void operatorsWord() throws Exception {
		CuratorFramework client = this.roster.client();
		String path = this.roster.client()
			.getChildren()
			.forPath("/servers")
			.stream()
			.map((name) -> "/servers/" + name)
			.findFirst()
			.orElseThrow();
		String data = new String(client.getData().forPath(path), StandardCharsets.UTF_8);
		client.setData().forPath(path, data.replace("\"UP\"", "\"OUT_OF_SERVICE\"").getBytes(StandardCharsets.UTF_8));
		soon(() -> assertThat(Http.get(this.registry.uri("/api/v1/services/bikesvc")).json().path("instances"))
			.anyMatch((instance) -> instance.path("status").asString().equals("OUT_OF_SERVICE")));
	}

	/** The tutorial's programs, which authenticate, and open what they create to all. */
	private List<String> foreignProgramsWithTheirDefaults() throws Exception {
		List<String> open = new ArrayList<>();
		for (String path : List.of("/servers/foreign", "/locks/foreign", "/locks/foreign/lock-")) {
			boolean parent = path.equals("/locks/foreign");
			open.add(this.application.client()
				.create()
				.withMode(parent ? CreateMode.PERSISTENT : CreateMode.EPHEMERAL_SEQUENTIAL)
				.withACL(Ids.OPEN_ACL_UNSAFE)
				.forPath(path, new byte[0]));
		}
		return open;
	}

	private Set<String> walk() throws Exception {
		Set<String> paths = new TreeSet<>();
		walk("/", paths);
		return paths;
	}

	private void walk(String path, Set<String> paths) throws Exception {
		paths.add(path);
		try {
			for (String name : this.roster.client().getChildren().forPath(path)) {
				walk(path.equals("/") ? "/" + name : path + "/" + name, paths);
			}
		}
		catch (NoNodeException ex) {
			paths.remove(path);
		}
	}

	private void refused(Set<String> paths, String digest) throws Exception {
		try (Stranger stranger = new Stranger(this.ensemble.connectString(), digest)) {
			stranger.watchEverything();
			for (String path : paths) {
				Map<String, Code> results = stranger.tryAll(path);
				boolean special = path.equals("/") || path.startsWith("/zookeeper");
				results.forEach((call, code) -> {
					boolean open = path.equals(SERVERS_OWN)
							&& Set.of("getData", "getChildren", "countChildren", "exists", "getACL").contains(call);
					boolean never = special && call.equals("delete");
					assertThat(code).as("%s of %s as '%s'", call, path, digest)
						.isIn(open ? List.of(Code.OK) : never ? List.of(Code.BADARGUMENTS) : List.of(Code.NOAUTH));
				});
			}
			String seen = this.application.client()
				.create()
				.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
				.forPath("/servers/unseen", new byte[0]);
			this.application.client().setData().forPath(seen, new byte[1]);
			this.application.client().delete().forPath(seen);
			assertThat(stranger.seen()).isEmpty();
		}
	}

	@Test
	void noLogNamesAPassword() {
		for (RunningApplication each : List.of(this.registry, this.locks, this.bikesvc)) {
			assertThat(each.output()).isNotEmpty().doesNotContain(this.rosterUser.password(), this.appsUser.password());
		}
	}

	private static void soon(ThrowingRunnable assertion) {
		Awaitility.await().atMost(BOUND).untilAsserted(assertion);
	}

	private <T extends AutoCloseable> T track(T resource) {
		this.running.add(0, resource);
		return resource;
	}

}
