package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.roster.coordination.Coordination;
import io.roster.coordination.MirrorOptions;
import io.roster.ensemble.LocalEnsemble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The lists on disk. */
class DirectorySnapshotTest {

	private static LocalEnsemble ensemble;

	@TempDir
	private Path folder;

	private Path file;

	private String root = "";

	private TcpProxy proxy;

	private Coordination coordination;

	private Application application;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeAll
	static void startEnsemble() {
		ensemble = LocalEnsemble.start(1);
	}

	@AfterAll
	static void stopEnsemble() {
		ensemble.close();
	}

	@BeforeEach
	void start(TestInfo test) throws Exception {
		this.file = this.folder.resolve("below/directory.json");
		this.root = "/" + test.getTestMethod().orElseThrow().getName();
		this.proxy = new TcpProxy(ensemble.connectString());
		this.coordination = Coordination.connect(this.proxy.connectString(), Duration.ofSeconds(10));
		this.application = new Application(ensemble.connectString(), this.root).ready();
		this.log.start();
		((Logger) LoggerFactory.getLogger(SnapshotKeeper.class)).addAppender(this.log);
	}

	@AfterEach
	void stop() throws Exception {
		((Logger) LoggerFactory.getLogger(SnapshotKeeper.class)).detachAppender(this.log);
		this.application.close();
		this.coordination.close();
		this.proxy.close();
	}

	@Test
	void whileTheEnsembleIsAwayItStartsWithWhatWasThere() throws Exception {
		this.application.registrar.register("bikesvc", InstanceData.at("::1", 80).withMetadata(Map.of("zone", "a")));
		this.application.awaitIds("bikesvc", "bikesvc0000000000");
		Directory before = directory();
		assertThat(before.loaded()).succeedsWithin(Application.BOUND);
		ServiceList known = before.instances("bikesvc");
		assertThat(known.instances()).hasSize(1);
		await().atMost(Application.BOUND).until(() -> Files.exists(this.file));
		before.close();
		this.proxy.cut();
		Coordination cut = Coordination.connect(this.proxy.connectString(), Duration.ofSeconds(10));
		Directory after = Directory.over(cut.mirror(this.root, MirrorOptions.withData()),
				DirectoryOptions.defaults().withSnapshotFile(this.file));
		try (cut; after) {
			ServiceList list = after.instances("bikesvc");
			assertThat(list.instances()).isEqualTo(known.instances());
			assertThat(list.revision()).isEqualTo(known.revision());
			assertThat(list.loaded()).isTrue();
			assertThat(list.stale()).isTrue();
			assertThat(after.loaded()).isNotDone();
			Queue<Boolean> stale = new ConcurrentLinkedQueue<>();
			after.subscribeToStaleness(stale::add);
			Queue<ServiceEvent> events = new ConcurrentLinkedQueue<>();
			after.subscribe("bikesvc", events::add);
			this.proxy.mend();
			await().atMost(Application.BOUND).untilAsserted(() -> assertThat(stale).containsExactly(true, false));
			assertThat(after.loaded()).succeedsWithin(Application.BOUND);
			assertThat(after.instances("bikesvc").instances()).isEqualTo(known.instances());
			assertThat(events).hasExactlyElementsOfTypes(ServiceEvent.Snapshot.class);
		}
	}

	@Test
	void itsAgeIsThatOfTheFile() throws Exception {
		Files.createDirectories(this.file.getParent());
		Member member = Nodes.sequential("bikesvc", 1, 1, 80, "one");
		ServiceIndex index = ServiceIndex.unread().with(member).asLoaded();
		new SnapshotFile(this.file, new Layouts(this.root, null)).write(index,
				Instant.now().minus(Duration.ofHours(3)));
		this.proxy.cut();
		try (Directory directory = directory()) {
			assertThat(directory.instances("bikesvc").age()).isBetween(Duration.ofHours(3), Duration.ofHours(4));
			assertThat(directory.instances("bikesvc").instances()).containsExactly(member.instance());
		}
	}

	@Test
	void whatIsGoneMeanwhileGoesWithTheFirstReadingAndNotMore() throws Exception {
		this.application.register("bikesvc", 80);
		Files.createDirectories(this.file.getParent());
		ServiceIndex index = ServiceIndex.unread()
			.with(Nodes.sequential("bikesvc", 7, 1, 81, "one"))
			.with(Nodes.sequential("bikesvc", 8, 1, 82, "two"))
			.with(Nodes.sequential("carsvc", 9, 1, 83, "three"))
			.asLoaded();
		new SnapshotFile(this.file, new Layouts(this.root, null)).write(index, Instant.now());
		try (Directory directory = directory()) {
			assertThat(directory.loaded()).succeedsWithin(Application.BOUND);
			assertThat(directory.instances("bikesvc").instances()).extracting(Instance::port).containsExactly(80);
			assertThat(directory.instances("carsvc").instances()).as("else it would be empty")
				.singleElement()
				.returns(true, Instance::suspect);
		}
	}

	@Test
	void aFileThatIsNoSnapshotOfThisRootIsLeftAsideWithOneWarning() throws Exception {
		Files.createDirectories(this.file.getParent());
		new SnapshotFile(this.file, new Layouts("/elsewhere", null)).write(ServiceIndex.unread(), Instant.now());
		String foreign = Files.readString(this.file);
		String good = foreign.replace("/elsewhere", this.root);
		List<String> bad = List.of("", "{", "null", "[1]", "\u0000\u0001", "{\"format\":\"other\"}", foreign,
				good.replace("[]", "null"), good.replace("[]", "[null]"), good.replace("[]", "[{}]"),
				good.replace("[]", "[{\"id\":7,\"status\":\"NONE\"}]"), good.substring(0, good.length() / 2));
		for (String each : bad) {
			this.log.list.clear();
			Files.writeString(this.file, each, StandardCharsets.UTF_8);
			try (Directory directory = directory()) {
				assertThat(this.log.list).as(each).hasSize(1);
				assertThat(directory.loaded()).succeedsWithin(Application.BOUND);
				assertThat(directory.services().services()).isEmpty();
			}
		}
	}

	@Test
	void aFileThatCannotBeWrittenIsToldOnceAndHarmsNothing() throws Exception {
		Files.writeString(this.folder.resolve("below"), "a file where the folder should be");
		java.util.concurrent.atomic.AtomicLong clock = new java.util.concurrent.atomic.AtomicLong();
		Directory directory = Directory.over(this.coordination.mirror(this.root, MirrorOptions.withData()),
				DirectoryOptions.defaults().withSnapshotFile(this.file).withTicker(clock::get));
		try (directory) {
			int warnings = this.log.list.size();
			for (int i = 1; i <= 3; i++) {
				this.application.register("bikesvc", i);
				int expected = i;
				await().atMost(Application.BOUND)
					.until(() -> directory.instances("bikesvc").instances().size() == expected);
				clock.addAndGet(Duration.ofSeconds(6).toNanos());
			}
			await().atMost(Application.BOUND).until(() -> this.log.list.size() > warnings);
			Files.delete(this.folder.resolve("below"));
			clock.addAndGet(Duration.ofSeconds(6).toNanos());
			await().atMost(Application.BOUND).until(() -> Files.exists(this.file));
			await().atMost(Application.BOUND)
				.untilAsserted(() -> assertThat(this.log.list.subList(warnings, this.log.list.size())).hasSize(2));
		}
		assertThat(new SnapshotFile(this.file, new Layouts(this.root, null)).read()).isNotNull()
			.satisfies((content) -> assertThat(content.members()).hasSize(3));
		try (var files = Files.list(this.file.getParent())) {
			assertThat(files).as("no temporary file is left").containsExactly(this.file);
		}
	}

	private Directory directory() {
		return Directory.over(this.coordination.mirror(this.root, MirrorOptions.withData()),
				DirectoryOptions.defaults().withSnapshotFile(this.file));
	}

}
