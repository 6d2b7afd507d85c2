package io.roster.acceptance.benchmark;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.coordination.Subscription;
import io.roster.discovery.Directory;
import io.roster.discovery.InstanceData;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;
import io.roster.discovery.ServiceEvent;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.x.discovery.ServiceCache;
import org.apache.curator.x.discovery.ServiceDiscovery;
import org.apache.curator.x.discovery.ServiceDiscoveryBuilder;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.details.ServiceCacheListener;

/**
 * From the call that registers an instance, or takes it away, until a consumer over
 * another connection has the new list: Roster's directory against Curator's
 * {@code ServiceCache}, in turn, among a hundred other instances.
 */
final class PropagationBenchmark {

	private static final int OTHERS = 100;

	/** With fewer, what a change runs through is not all compiled. */
	private static final int WARM_UP = 5_000;

	private final String connectString;

	private final Report report;

	PropagationBenchmark(String connectString, Report report) {
		this.connectString = connectString;
		this.report = report;
	}

	void run(int rounds) throws Exception {
		try (Coordination consumer = Fixtures.connect(this.connectString);
				Coordination provider = Fixtures.connect(this.connectString);
				Probe roster = new RosterProbe(consumer, provider);
				Probe curator = new CuratorProbe(consumer.client(), provider.client())) {
			Both ours = new Both();
			Both theirs = new Both();
			for (int round = -WARM_UP; round < rounds; round++) {
				if (round % 2 == 0) {
					measure(roster, (round < 0) ? new Both() : ours);
				}
				measure(curator, (round < 0) ? new Both() : theirs);
				if (round % 2 != 0) {
					measure(roster, (round < 0) ? new Both() : ours);
				}
			}
			this.report.times("an instance joins until another's list has it", "Directory", ours.joins, "ServiceCache",
					theirs.joins);
			this.report.times("an instance leaves", "Directory", ours.leaves, "ServiceCache", theirs.leaves);
		}
	}

	private static void measure(Probe probe, Both figures) throws Exception {
		long start = System.nanoTime();
		probe.join();
		figures.joins.add(probe.awaitSize(OTHERS + 1) - start);
		start = System.nanoTime();
		probe.leave();
		figures.leaves.add(probe.awaitSize(OTHERS) - start);
	}

	private static final class Both {

		private final Samples joins = new Samples();

		private final Samples leaves = new Samples();

	}

	/** One way to register and to follow. */
	private abstract static class Probe implements AutoCloseable {

		private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

		abstract void join() throws Exception;

		abstract void leave() throws Exception;

		@Override
		public abstract void close() throws Exception;

		/** Called by the consumer's listener. */
		final void sees(int size) {
			this.seen.add(new Seen(size, System.nanoTime()));
		}

		/** When the consumer's list came to this size. */
		final long awaitSize(int size) throws InterruptedException {
			while (true) {
				Seen next = this.seen.poll(30, TimeUnit.SECONDS);
				if (next == null) {
					throw new IllegalStateException("a list of " + size + " was not seen in 30 s");
				}
				if (next.size() == size) {
					return next.nanos();
				}
			}
		}

	}

	private record Seen(int size, long nanos) {
	}

	private static final class RosterProbe extends Probe {

		private final Registrar registrar;

		private final Directory directory;

		private final Subscription subscription;

		private Registration last;

		RosterProbe(Coordination consumer, Coordination provider) throws Exception {
			this.registrar = Registrar.over(provider.mirror("/servers", MirrorOptions.withData()));
			for (int i = 1; i < OTHERS; i++) {
				register().registered().get(30, TimeUnit.SECONDS);
			}
			this.last = register();
			this.last.registered().get(30, TimeUnit.SECONDS);
			Mirror consumed = consumer.mirror("/servers", MirrorOptions.withData());
			this.directory = Directory.over(consumed);
			this.directory.loaded().get(30, TimeUnit.SECONDS);
			this.subscription = this.directory.subscribe(Fixtures.SERVICE, (event) -> {
				if (!(event instanceof ServiceEvent.Snapshot)) {
					sees(this.directory.instances(Fixtures.SERVICE).instances().size());
				}
			});
		}

		private Registration register() {
			return this.registrar.register(Fixtures.SERVICE, InstanceData.at("127.0.0.1", 8790));
		}

		@Override
		void join() {
			this.last = register();
		}

		@Override
		void leave() {
			this.last.close();
		}

		@Override
		public void close() {
			this.subscription.close();
			this.directory.close();
			this.registrar.close();
		}

	}

	private static final class CuratorProbe extends Probe implements ServiceCacheListener {

		private final ServiceDiscovery<Void> provided;

		private final ServiceDiscovery<Void> consumed;

		private final ServiceCache<Void> cache;

		private ServiceInstance<Void> last;

		CuratorProbe(CuratorFramework consumer, CuratorFramework provider) throws Exception {
			this.provided = discovery(provider);
			this.consumed = discovery(consumer);
			for (int i = 1; i < OTHERS; i++) {
				this.provided.registerService(instance());
			}
			this.last = instance();
			this.provided.registerService(this.last);
			this.cache = this.consumed.serviceCacheBuilder().name(Fixtures.SERVICE).build();
			this.cache.start();
			this.cache.addListener(this);
		}

		private static ServiceDiscovery<Void> discovery(CuratorFramework client) throws Exception {
			ServiceDiscovery<Void> discovery = ServiceDiscoveryBuilder.builder(Void.class)
				.client(client)
				.basePath("/services")
				.build();
			discovery.start();
			return discovery;
		}

		private static ServiceInstance<Void> instance() throws Exception {
			return ServiceInstance.<Void>builder().name(Fixtures.SERVICE).address("127.0.0.1").port(8790).build();
		}

		@Override
		void join() throws Exception {
			this.last = instance();
			this.provided.registerService(this.last);
		}

		@Override
		void leave() throws Exception {
			this.provided.unregisterService(this.last);
		}

		@Override
		public void cacheChanged() {
			sees(this.cache.getInstances().size());
		}

		@Override
		public void stateChanged(CuratorFramework client, ConnectionState state) {
			System.out.println("Curator's connection: " + state);
		}

		@Override
		public void close() throws Exception {
			this.cache.close();
			this.consumed.close();
			this.provided.close();
		}

	}

}
