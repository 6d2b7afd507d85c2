package io.roster.acceptance.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cluster, as far as its API goes, and in it the namespace of the run.
 */
final class Cluster implements AutoCloseable {

	static final String ENSEMBLE = "zookeeper";

	private static final String OWN = "roster.io/cluster-test";

	private static final String NAME = "app.kubernetes.io/name";

	private static final String INSTANCE = "app.kubernetes.io/instance";

	private final KubernetesClient client;

	private final String namespace;

	private final Duration timeout;

	Cluster(Settings settings) {
		this.client = new KubernetesClientBuilder().withConfig(KubeConfig.read(settings.kubeConfig())).build();
		this.namespace = settings.namespace();
		this.timeout = settings.timeout();
	}

	KubernetesClient client() {
		return this.client;
	}

	String namespace() {
		return this.namespace;
	}

	String version() {
		return this.client.getKubernetesVersion().getGitVersion();
	}

	List<Node> nodes() {
		return this.client.nodes().list().getItems();
	}

	/** Makes the namespace, and refuses one that somebody else made. */
	void createNamespace() {
		Optional.ofNullable(this.client.namespaces().withName(this.namespace).get()).ifPresent((found) -> {
			if (!found.getMetadata().getLabels().containsKey(OWN)) {
				throw new IllegalStateException("the namespace " + this.namespace
						+ " is there already, and not made by this test: name another with -Dcluster.namespace");
			}
			deleteNamespace();
		});
		this.client.namespaces()
			.resource(new NamespaceBuilder().withNewMetadata()
				.withName(this.namespace)
				.addToLabels(OWN, "true")
				.endMetadata()
				.build())
			.create();
	}

	void deleteNamespace() {
		this.client.namespaces().withName(this.namespace).delete();
		Awaitility.await("the end of the namespace " + this.namespace)
			.atMost(this.timeout)
			.until(() -> this.client.namespaces().withName(this.namespace).get() == null);
	}

	/** The pods of a part of the chart. */
	List<Pod> pods(String part) {
		return this.client.pods()
			.inNamespace(this.namespace)
			.withLabel(INSTANCE, Release.NAME)
			.withLabel(NAME, part)
			.list()
			.getItems();
	}

	/** The names of the parts of the chart that run. */
	List<String> parts() {
		return this.client.pods()
			.inNamespace(this.namespace)
			.withLabel(INSTANCE, Release.NAME)
			.list()
			.getItems()
			.stream()
			.filter((pod) -> !pod.getMetadata().getOwnerReferences().isEmpty())
			.map(Cluster::part)
			.distinct()
			.sorted()
			.toList();
	}

	private static String part(HasMetadata object) {
		return object.getMetadata().getLabels().getOrDefault(NAME, "");
	}

	StatefulSet ensemble() {
		return this.client.apps().statefulSets().inNamespace(this.namespace).withName(ENSEMBLE).require();
	}

	/** A variable of a Deployment's first container, empty where it has none. */
	String variable(String deployment, String name) {
		return this.client.apps()
			.deployments()
			.inNamespace(this.namespace)
			.withName(deployment)
			.require()
			.getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.get(0)
			.getEnv()
			.stream()
			.filter((variable) -> variable.getName().equals(name))
			.map(EnvVar::getValue)
			.findFirst()
			.orElse("");
	}

	/** Waits until all that the chart asks for is ready, and nothing else is left. */
	void awaitReady() {
		Awaitility.await("all pods ready").atMost(this.timeout).untilAsserted(() -> {
			StatefulSet ensemble = ensemble();
			assertThat(pods(ENSEMBLE)).hasSize(ensemble.getSpec().getReplicas()).allMatch(Readiness::isPodReady);
			assertThat(ensemble.getStatus().getUpdateRevision()).isEqualTo(ensemble.getStatus().getCurrentRevision());
			assertThat(this.client.apps().deployments().inNamespace(this.namespace).list().getItems()).allSatisfy(
					(deployment) -> assertThat(pods(part(deployment))).hasSize(deployment.getSpec().getReplicas())
						.allMatch(Readiness::isPodReady));
		});
		Awaitility.await("a leader").atMost(this.timeout).until(() -> leader().isPresent());
	}

	/** The member that leads, by its own word. */
	Optional<Pod> leader() {
		return pods(ENSEMBLE).stream().filter((pod) -> mode(pod).matches("leader|standalone")).findFirst();
	}

	/** What a member says that it is, empty where it serves nobody. */
	String mode(Pod pod) {
		return exec(pod, "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/2181; printf srvr >&3; cat <&3").output()
			.lines()
			.filter((line) -> line.startsWith("Mode: "))
			.map((line) -> line.substring("Mode: ".length()))
			.findFirst()
			.orElse("");
	}

	/** Runs a command in a pod's first container, and waits for its end. */
	Outcome exec(Pod pod, String... command) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		try (ExecWatch watch = this.client.pods()
			.inNamespace(this.namespace)
			.withName(pod.getMetadata().getName())
			.inContainer(pod.getSpec().getContainers().get(0).getName())
			.writingOutput(output)
			.writingError(output)
			.exec(command)) {
			int code = watch.exitCode().get(60, TimeUnit.SECONDS);
			return new Outcome(code, output.toString(StandardCharsets.UTF_8));
		}
		catch (ExecutionException | TimeoutException ex) {
			return new Outcome(-1, output.toString(StandardCharsets.UTF_8) + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	/**
	 * Asks once for an eviction; {@code false} where a disruption budget refuses it. By
	 * itself the client would repeat a 429 until the budget allows it.
	 */
	boolean evict(Pod pod) {
		Config once = new ConfigBuilder(this.client.getConfiguration()).withRequestRetryBackoffLimit(0).build();
		try (KubernetesClient asker = new KubernetesClientBuilder().withConfig(once).build()) {
			return asker.pods().inNamespace(this.namespace).withName(pod.getMetadata().getName()).evict();
		}
	}

	/** What the chart's Secrets hold, by their names. */
	Map<String, Map<String, String>> secrets() {
		return this.client.secrets()
			.inNamespace(this.namespace)
			.withLabel(INSTANCE, Release.NAME)
			.list()
			.getItems()
			.stream()
			.collect(Collectors.toMap((secret) -> secret.getMetadata().getName(), Secret::getData, (one, other) -> one,
					TreeMap::new));
	}

	boolean isNodeReady(String node) {
		return Readiness.getInstance().isReady(this.client.nodes().withName(node).require());
	}

	@Override
	public void close() {
		this.client.close();
	}

	/**
	 * The end of a command.
	 *
	 * @param code the exit code, -1 where it did not end
	 * @param output what it said
	 */
	record Outcome(int code, String output) {
	}

}
