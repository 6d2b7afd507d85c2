package io.roster.discovery;

import java.time.Duration;
import java.util.List;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What one application has: a connection, a mirror, a registrar and a directory. The
 * registrar may have a mirror of its own nodes for itself, as in an application that only
 * registers; the directory then shows the test what everybody sees.
 */
final class Application implements AutoCloseable {

	static final Duration BOUND = Duration.ofSeconds(30);

	final Coordination coordination;

	final Mirror mirror;

	final Registrar registrar;

	final Directory directory;

	Application(String connectString, String root) {
		this(connectString, root, Duration.ofSeconds(10));
	}

	Application(String connectString, String root, Duration sessionTimeout) {
		this(connectString, root, sessionTimeout, MirrorOptions.withData(), null);
	}

	private Application(String connectString, String root, Duration sessionTimeout, MirrorOptions registrars,
			@Nullable String curatorRoot) {
		this.coordination = Coordination.connect(connectString, sessionTimeout);
		this.mirror = this.coordination.mirror(root, MirrorOptions.withData());
		Mirror own = registrars.ownOnly() ? this.coordination.mirror(root, registrars) : this.mirror;
		this.registrar = (curatorRoot != null) ? Registrar.over(own, this.coordination.mirror(curatorRoot, registrars))
				: Registrar.over(own);
		// What is gone is gone: doubts have tests of their own.
		this.directory = Directory.over(this.mirror, DirectoryOptions.defaults().withSuspectGrace(Duration.ZERO));
	}

	/** One that registers in both layouts, and reads the sequential one. */
	static Application inBothLayouts(String connectString, String root, String curatorRoot) {
		return new Application(connectString, root, Duration.ofSeconds(10), MirrorOptions.withData(), curatorRoot);
	}

	/** One that registers by a mirror of the given kind. */
	static Application registeringBy(MirrorOptions registrars, String connectString, String root) {
		return new Application(connectString, root, Duration.ofSeconds(10), registrars, null);
	}

	/** One that registers in both layouts by mirrors of its own nodes. */
	static Application registeringInBothLayouts(String connectString, String root, String curatorRoot) {
		return new Application(connectString, root, Duration.ofSeconds(10), MirrorOptions.ownNodes(), curatorRoot);
	}

	Application ready() {
		this.directory.loaded().orTimeout(BOUND.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
		return this;
	}

	long session() {
		return this.coordination.sessionId().orElseThrow();
	}

	Registration register(String service, int port) {
		Registration registration = this.registrar.register(service, InstanceData.at("127.0.0.1", port));
		registration.registered().orTimeout(BOUND.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
		return registration;
	}

	List<String> ids(String service) {
		return this.directory.instances(service).instances().stream().map(Instance::id).toList();
	}

	void awaitIds(String service, String... ids) {
		await().atMost(BOUND).untilAsserted(() -> {
			assertThat(this.directory.instances(service).stale()).isFalse();
			assertThat(ids(service)).containsExactly(ids);
		});
	}

	@Override
	public void close() {
		this.registrar.close();
		this.directory.close();
		this.coordination.close();
	}

}
