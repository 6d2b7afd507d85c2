package io.roster.demo.bikesvc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.roster.ensemble.LocalEnsemble;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryForever;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The price in the application while its ensemble and its session come and go. */
class PushedPriceTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	private static final String PRICE = "/config/bikesvc/ride.price";

	@Test
	void thePriceFollowsWhatStandsInTheEnsembleWithoutARestart() throws Exception {
		try (LocalEnsemble ensemble = LocalEnsemble.start(1)) {
			ensemble.stop(1);
			// It starts although there is no ensemble, with its own price.
			try (OneLock lock = new OneLock();
					ConfigurableApplicationContext application = SpringApplication.run(BikesvcApplication.class,
							"--server.port=0", "--spring.cloud.zookeeper.connect-string=" + ensemble.connectString(),
							"--spring.cloud.zookeeper.connection-timeout=500ms",
							"--roster.discovery.startup-wait=100ms", "--roster.locks.client.urls=" + lock.url())) {
				assertThat(price(application)).isEqualTo("2.50");
				assertThat(application.getBeansOfType(CuratorFramework.class)).hasSize(1);
				ensemble.start(1, false);
				try (CuratorFramework other = connect(ensemble)) {
					write(other, "2.75");
					awaitPrice(application, "2.75");
					write(other, "3.00");
					awaitPrice(application, "3.00");
					// Another session, and what was written meanwhile.
					ensemble.closeSession(application.getBean(CuratorFramework.class)
						.getZookeeperClient()
						.getZooKeeper()
						.getSessionId());
					write(other, "3.25");
					awaitPrice(application, "3.25");
					ensemble.stop(1);
					assertThat(price(application)).isEqualTo("3.25");
					ensemble.start(1, false);
					assertThat(other.blockUntilConnected(30, TimeUnit.SECONDS)).isTrue();
					write(other, "3.50");
					awaitPrice(application, "3.50");
					other.delete().forPath(PRICE);
					awaitPrice(application, "2.50");
				}
			}
		}
	}

	private static CuratorFramework connect(LocalEnsemble ensemble) throws InterruptedException {
		CuratorFramework client = CuratorFrameworkFactory.newClient(ensemble.connectString(), new RetryForever(100));
		client.start();
		assertThat(client.blockUntilConnected(30, TimeUnit.SECONDS)).isTrue();
		return client;
	}

	private static void write(CuratorFramework client, String price) throws Exception {
		client.create().orSetData().creatingParentsIfNeeded().forPath(PRICE, price.getBytes(StandardCharsets.UTF_8));
	}

	private static void awaitPrice(ConfigurableApplicationContext application, String price) {
		Awaitility.await(price).atMost(BOUND).until(() -> price(application).equals(price));
	}

	private static String price(ConfigurableApplicationContext application) {
		return application.getBean(RentalDesk.class).price();
	}

}
