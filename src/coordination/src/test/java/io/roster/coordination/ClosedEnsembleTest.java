package io.roster.coordination;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.roster.coordination.AclKeeper.Summary;
import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.NoAuthException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Credentials, ACLs, and what a mirror does that is refused. */
@Isolated("looks at the log of the whole JVM")
class ClosedEnsembleTest {

	private static final CoordinationOptions BRISK = new CoordinationOptions(System::nanoTime, Duration.ofMillis(100));

	private static final DigestCredentials ROSTER = user("roster");

	private static final DigestCredentials APPS = user("apps");

	private static final ZnodeAccess SERVICE = service(List.of(ROSTER), List.of(APPS));

	private static LocalEnsemble ensemble;

	private static Coordination roster;

	private static Coordination application;

	@BeforeAll
	static void start() {
		ensemble = LocalEnsemble.start(1);
		roster = connect(SERVICE);
		application = connect(ZnodeAccess.as(APPS));
	}

	@AfterAll
	static void stop() {
		application.close();
		roster.close();
		ensemble.close();
	}

	@Test
	void aStrangerIsToldOnceThatHeIsRefusedAndIsLetInWhenTheAclIsCorrected() throws Exception {
		ensure(roster, "/told");
		DigestCredentials wrong = new DigestCredentials("apps", "wrong-" + UUID.randomUUID());
		try (LogLines log = LogLines.of(SubtreeMirror.class);
				Coordination stranger = connect(ZnodeAccess.as(wrong));
				Mirror mirror = stranger.mirror("/told", MirrorOptions.withData())) {
			Expect.soon(() -> assertThat(mirror.refusal()).contains("/told", "NoAuth", "'apps'")
				.doesNotContain(wrong.password()));
			assertThat(mirror.snapshot().loaded()).isFalse();
			assertThat(mirror.stale()).isTrue();
			roster.client().setACL().withACL(Ids.OPEN_ACL_UNSAFE).forPath("/told");
			Expect.loaded(mirror);
			assertThat(mirror.refusal()).isNull();
			assertThat(log.lines()).filteredOn((line) -> line.contains("/told") && line.startsWith("WARN")).hasSize(1);
		}
	}

	@Test
	void aMirrorThatIsRefusedLaterKeepsItsLastSnapshotAsStale() throws Exception {
		ensure(roster, "/later/a");
		try (Mirror mirror = Expect.loaded(application.mirror("/later", MirrorOptions.withData()))) {
			Expect.names(mirror, "a");
			roster.client().setACL().withACL(roster.access().acl(ZnodeGrant.PRIVATE)).forPath("/later");
			Expect.soon(() -> assertThat(mirror.refusal()).contains("/later"));
			assertThat(mirror.stale()).isTrue();
			Expect.names(mirror, "a");
			roster.client().delete().forPath("/later/a");
			roster.client().setACL().withACL(roster.access().acl(ZnodeGrant.SHARED)).forPath("/later");
			Expect.names(mirror);
			assertThat(mirror.refusal()).isNull();
		}
	}

	@Test
	void aNodeThatIsRefusedAfterAReconnectStaysAsItWasKnown() throws Exception {
		ensure(roster, "/part/kept/child");
		ensure(roster, "/part/other");
		try (Mirror mirror = Expect.loaded(application.mirror("/part", MirrorOptions.withData()))) {
			roster.client().setData().forPath("/part/kept", Expect.bytes("data"));
			Expect.soon(() -> assertThat(mirror.snapshot().node("/part/kept").orElseThrow().data())
				.isEqualTo(Expect.bytes("data")));
			roster.client().setACL().withACL(roster.access().acl(ZnodeGrant.PRIVATE)).forPath("/part/kept");
			CompletableFuture<Void> again = new CompletableFuture<>();
			long first = application.sessionId().orElseThrow();
			try (Subscription unused = mirror.subscribe((event) -> {
				if (event instanceof MirrorEvent.Synced && application.sessionId().orElse(first) != first) {
					again.complete(null);
				}
			})) {
				ensemble.closeSession(first);
				again.get(30, TimeUnit.SECONDS);
			}
			Expect.names(mirror, "kept", "other");
			assertThat(mirror.snapshot().node("/part/kept").orElseThrow().data()).isEqualTo(Expect.bytes("data"));
			assertThat(mirror.snapshot().node("/part/kept/child")).isPresent();
		}
	}

	@Test
	void aNewSessionIsAuthenticatedAgain() throws Exception {
		ensure(roster, "/again");
		try (Coordination own = connect(ZnodeAccess.as(APPS));
				Mirror mirror = Expect.loaded(own.mirror("/again", MirrorOptions.withData()))) {
			long first = own.sessionId().orElseThrow();
			ensemble.closeSession(first);
			Expect.soon(() -> {
				assertThat(own.sessionId()).isPresent().isNotEqualTo(OptionalLong.of(first));
				assertThat(mirror.stale()).isFalse();
			});
			own.client().create().forPath("/again/mine");
			Expect.names(mirror, "mine");
			assertThat(perms("/again/mine")).containsExactly(Map.entry(APPS.id(), "cdrwa"));
		}
	}

	@Test
	void whatIsOpenIsClosedOnceAndWhatIsMissingIsMade() throws Exception {
		String root = "/tree" + UUID.randomUUID();
		create(root, Ids.OPEN_ACL_UNSAFE);
		create(root + "/folder", Ids.OPEN_ACL_UNSAFE);
		create(root + "/folder/foreign", Ids.OPEN_ACL_UNSAFE);
		create(root + "/folder/own", application.access().acl(ZnodeGrant.SHARED));
		AclPlan plan = AclPlan.of(SERVICE)
			.withTree(root, ZnodeGrant.SHARED, 1)
			.withTree(root + "-made/deep", ZnodeGrant.PRIVATE, AclPlan.ALL);
		AclKeeper one = new AclKeeper(roster, plan);
		CompletableFuture<Summary> together = new AclKeeper(roster, plan).converge();
		Summary first = one.converge().get(30, TimeUnit.SECONDS);
		together.get(30, TimeUnit.SECONDS);
		assertThat(first.seen()).isEqualTo(5);
		assertThat(one.converge().get(30, TimeUnit.SECONDS)).isEqualTo(new Summary(5, 0, 0));
		for (String path : List.of(root, root + "/folder", root + "/folder/foreign")) {
			assertThat(perms(path)).as(path)
				.containsOnly(Map.entry(ROSTER.id(), "cdrwa"), Map.entry(APPS.id(), "cdrw"));
		}
		assertThat(perms(root + "/folder/own")).containsExactly(Map.entry(APPS.id(), "cdrwa"));
		assertThat(perms(root + "-made/deep")).containsExactly(Map.entry(ROSTER.id(), "cdrwa"));
	}

	@Test
	void whatIsCreatedOpenIsClosedAsItAppears() throws Exception {
		String root = "/live" + UUID.randomUUID();
		AclKeeper keeper = new AclKeeper(roster, AclPlan.of(SERVICE).withTree(root, ZnodeGrant.SHARED, 0));
		keeper.converge().get(30, TimeUnit.SECONDS);
		try (Mirror mirror = Expect.loaded(roster.mirror(root, MirrorOptions.withData()));
				Subscription unused = keeper.follow(mirror, (path) -> true)) {
			String made = application.client()
				.create()
				.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
				.withACL(Ids.OPEN_ACL_UNSAFE)
				.forPath(root + "/foreign");
			Expect.soon(() -> assertThat(perms(made)).doesNotContainKey(Ids.ANYONE_ID_UNSAFE));
			application.client().setData().forPath(made, Expect.bytes("still its owner's"));
			application.client().delete().forPath(made);
		}
	}

	@Test
	void aUserIsReplacedWithoutBeingLockedOut() throws Exception {
		String root = "/rotated" + UUID.randomUUID();
		DigestCredentials newApps = user("apps");
		DigestCredentials newRoster = user("roster");
		converge(SERVICE, root);
		create(root + "/lease", SERVICE.acl(ZnodeGrant.READABLE));
		create(root + "/instance", ZnodeAccess.as(APPS).acl(ZnodeGrant.SHARED));
		ZnodeAccess both = service(List.of(ROSTER, newRoster), List.of(APPS, newApps));
		converge(both, root);
		assertThat(perms(root)).containsOnly(Map.entry(ROSTER.id(), "cdrwa"), Map.entry(newRoster.id(), "cdrwa"),
				Map.entry(APPS.id(), "cdrw"), Map.entry(newApps.id(), "cdrw"));
		assertThat(perms(root + "/lease")).containsOnly(Map.entry(ROSTER.id(), "cdrwa"),
				Map.entry(newRoster.id(), "cdrwa"), Map.entry(APPS.id(), "r"), Map.entry(newApps.id(), "r"));
		assertThat(perms(root + "/instance")).containsOnly(Map.entry(APPS.id(), "cdrwa"),
				Map.entry(newApps.id(), "cdrwa"));
		ZnodeAccess after = service(List.of(newRoster), List.of(newApps));
		converge(after, root);
		try (Coordination closed = connect(after)) {
			assertThat(perms(closed, root)).containsOnly(Map.entry(newRoster.id(), "cdrwa"),
					Map.entry(newApps.id(), "cdrw"));
			assertThat(perms(closed, root + "/lease")).containsOnly(Map.entry(newRoster.id(), "cdrwa"),
					Map.entry(newApps.id(), "r"));
		}
		assertThatExceptionOfType(NoAuthException.class).isThrownBy(() -> roster.client().getChildren().forPath(root));
	}

	@Test
	void anOpenInstallationStaysOpenUntilAllAreAuthenticated() throws Exception {
		String root = "/opened" + UUID.randomUUID();
		ZnodeAccess first = new ZnodeAccess(List.of(ROSTER), List.of(APPS),
				List.of(ZnodeAccess.parse("world:anyone:cdrwa")));
		converge(first, root);
		create(root + "/foreign", Ids.OPEN_ACL_UNSAFE);
		converge(first, root);
		try (Coordination stranger = connect(ZnodeAccess.open())) {
			stranger.client().setData().forPath(root + "/foreign", Expect.bytes("goes on"));
			assertThat(stranger.client().getChildren().forPath(root)).containsExactly("foreign");
			converge(SERVICE, root);
			assertThatExceptionOfType(NoAuthException.class)
				.isThrownBy(() -> stranger.client().getChildren().forPath(root));
			assertThatExceptionOfType(NoAuthException.class)
				.isThrownBy(() -> stranger.client().getData().forPath(root + "/foreign"));
		}
	}

	@Test
	void withoutCredentialsAPlanChangesNothing() throws Exception {
		try (Coordination stranger = connect(ZnodeAccess.open())) {
			AclPlan plan = AclPlan.of(ZnodeAccess.open()).withTree("/never", ZnodeGrant.PRIVATE, AclPlan.ALL);
			assertThat(new AclKeeper(stranger, plan).converge().get(30, TimeUnit.SECONDS))
				.isEqualTo(new Summary(0, 0, 0));
			assertThat(stranger.client().checkExists().forPath("/never")).isNull();
		}
	}

	@Test
	void credentialsAreCheckedAndNeverShown() {
		DigestCredentials user = user("shown");
		assertThat(List.of(user, ZnodeAccess.as(user)).toString()).contains("shown").doesNotContain(user.password());
		assertThatIllegalArgumentException().isThrownBy(() -> new DigestCredentials("a:b", "secret"))
			.withMessageContaining("a:b")
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> new DigestCredentials("a", ""))
			.withMessageContaining("'a'");
		assertThatIllegalArgumentException().isThrownBy(() -> ZnodeAccess.parse("digest:backup:x"))
			.withMessageContaining("digest:backup:x");
		assertThat(ZnodeAccess.parse("digest:backup:aGFzaA==:r"))
			.isEqualTo(new ACL(1, new Id("digest", "backup:aGFzaA==")));
		assertThatIllegalArgumentException().isThrownBy(() -> new ZnodeAccess(List.of(), List.of(user), List.of()));
	}

	private static DigestCredentials user(String name) {
		return new DigestCredentials(name, UUID.randomUUID().toString());
	}

	private static ZnodeAccess service(List<DigestCredentials> own, List<DigestCredentials> clients) {
		return new ZnodeAccess(own, clients, List.of());
	}

	private static Coordination connect(ZnodeAccess access) {
		return Coordination.connect(ensemble.connectString(), Duration.ofSeconds(10), BRISK.withAccess(access));
	}

	private static void ensure(Coordination coordination, String path) throws Exception {
		coordination.ensurePath(path).get(30, TimeUnit.SECONDS);
	}

	private static void create(String path, List<ACL> acl) throws Exception {
		roster.client().create().withACL(acl).forPath(path, new byte[0]);
	}

	private static void converge(ZnodeAccess access, String root) throws Exception {
		try (Coordination own = connect(access)) {
			assertThat(own.awaitConnected(Duration.ofSeconds(30))).isTrue();
			AclPlan plan = AclPlan.of(access).withTree(root, ZnodeGrant.SHARED, 0);
			assertThat(new AclKeeper(own, plan).converge().get(30, TimeUnit.SECONDS).refused()).isZero();
		}
	}

	private static Map<Id, String> perms(String path) throws Exception {
		return perms(roster, path);
	}

	private static Map<Id, String> perms(Coordination coordination, String path) throws Exception {
		CuratorFramework client = coordination.client();
		return client.getACL()
			.forPath(path)
			.stream()
			.collect(Collectors.toMap(ACL::getId, (each) -> letters(each.getPerms())));
	}

	private static String letters(int perms) {
		return (((perms & 4) != 0) ? "c" : "") + (((perms & 8) != 0) ? "d" : "") + (((perms & 1) != 0) ? "r" : "")
				+ (((perms & 2) != 0) ? "w" : "") + (((perms & 16) != 0) ? "a" : "");
	}

}
