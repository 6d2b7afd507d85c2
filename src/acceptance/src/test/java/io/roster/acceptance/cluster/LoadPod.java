package io.roster.acceptance.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.roster.acceptance.cluster.load.LoadProgram;
import io.roster.acceptance.cluster.load.Summary;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pod with the load. It runs in the cluster, and reaches the services as any
 * application there does: a connection that is forwarded from outside of it would end
 * with the pod that it leads to. ZooKeeper's image runs it, because every node that can
 * run the chart has it; the program comes by ConfigMaps.
 */
final class LoadPod implements AutoCloseable {

	/** A ConfigMap holds a megabyte. */
	private static final int PIECE = 700 * 1024;

	private static final Duration BOUND = Duration.ofMinutes(4);

	private static final String START = """
			cat /program/* >/tmp/load.jar
			home=$(dirname "$(readlink -f "$(command -v zkServer.sh)")")/..
			libraries=$(ls "$home"/lib/*.jar | grep -v logback | tr '\\n' ':')
			exec java -Xmx160m -cp "/tmp/load.jar:$libraries" %s""".formatted(LoadProgram.class.getName());

	private final Cluster cluster;

	private final PodResource pod;

	private LoadPod(Cluster cluster, PodResource pod) {
		this.cluster = cluster;
		this.pod = pod;
	}

	/** Brings the program to the cluster. */
	static int upload(Cluster cluster) {
		byte[] jar = LoadJar.bytes();
		int pieces = (jar.length + PIECE - 1) / PIECE;
		for (int i = 0; i < pieces; i++) {
			byte[] piece = Arrays.copyOfRange(jar, i * PIECE, Math.min(jar.length, (i + 1) * PIECE));
			cluster.client()
				.configMaps()
				.inNamespace(cluster.namespace())
				.resource(new ConfigMapBuilder().withNewMetadata()
					.withName(program(i))
					.endMetadata()
					.withBinaryData(Map.of("piece-%02d".formatted(i), Base64.getEncoder().encodeToString(piece)))
					.build())
				.create();
		}
		return pieces;
	}

	private static String program(int piece) {
		return "load-program-" + piece;
	}

	/**
	 * Starts a load, and waits until all its clients run.
	 * @param cluster where
	 * @param name of the pod
	 * @param pieces how many ConfigMaps the program has
	 * @param targets addresses and credentials: the variables of {@link LoadProgram}
	 * @param avoid a node that it must not run on, empty for none
	 * @return the running load
	 */
	static LoadPod start(Cluster cluster, String name, int pieces, List<EnvVar> targets, String avoid) {
		PodSpec member = cluster.ensemble().getSpec().getTemplate().getSpec();
		List<VolumeProjection> sources = IntStream.range(0, pieces)
			.mapToObj(
					(i) -> new VolumeProjectionBuilder().withNewConfigMap().withName(program(i)).endConfigMap().build())
			.toList();
		Pod pod = new PodBuilder().withNewMetadata()
			.withName(name)
			.addToLabels("app.kubernetes.io/name", "load")
			// The chart's NetworkPolicy asks for it.
			.addToLabels("roster/zookeeper-client", "true")
			.endMetadata()
			.withNewSpec()
			.withRestartPolicy("Never")
			.withAutomountServiceAccountToken(false)
			.withEnableServiceLinks(false)
			.withImagePullSecrets(member.getImagePullSecrets())
			.withSecurityContext(member.getSecurityContext())
			.withAffinity(Placement.notOn(avoid))
			.addNewContainer()
			.withName("load")
			.withImage(member.getContainers().get(0).getImage())
			.withImagePullPolicy(member.getContainers().get(0).getImagePullPolicy())
			.withSecurityContext(member.getContainers().get(0).getSecurityContext())
			.withCommand("bash", "-c", START)
			.withEnv(targets)
			.withNewReadinessProbe()
			.withNewExec()
			.withCommand("test", "-f", "/tmp/warm")
			.endExec()
			.withPeriodSeconds(1)
			.endReadinessProbe()
			.addNewVolumeMount()
			.withName("program")
			.withMountPath("/program")
			.endVolumeMount()
			.addNewVolumeMount()
			.withName("tmp")
			.withMountPath("/tmp")
			.endVolumeMount()
			.endContainer()
			.addNewVolume()
			.withName("program")
			.withNewProjected()
			.withSources(sources)
			.endProjected()
			.endVolume()
			.addNewVolume()
			.withName("tmp")
			.withNewEmptyDir()
			.endEmptyDir()
			.endVolume()
			.endSpec()
			.build();
		PodResource resource = cluster.client().pods().inNamespace(cluster.namespace()).resource(pod);
		resource.create();
		LoadPod load = new LoadPod(cluster, resource);
		load.awaitWarm();
		return load;
	}

	/** A variable with a value. */
	static EnvVar variable(String name, String value) {
		return new EnvVarBuilder().withName(name).withValue(value).build();
	}

	private void awaitWarm() {
		Awaitility.await("the load").atMost(BOUND).until(() -> {
			Pod now = this.pod.get();
			if (ended(now)) {
				throw new IllegalStateException("the load ended: " + this.pod.getLog());
			}
			return Readiness.isPodReady(now);
		});
	}

	/** Ends the load, and says what it did. */
	Summary stop() {
		this.cluster.exec(this.pod.get(), "touch", "/tmp/stop");
		Awaitility.await("the end of the load").atMost(BOUND).until(() -> ended(this.pod.get()));
		String log = this.pod.getLog();
		return log.lines()
			.filter((line) -> line.startsWith(LoadProgram.SUMMARY))
			.map((line) -> JsonMapper.builder()
				.build()
				.readValue(line.substring(LoadProgram.SUMMARY.length()), Summary.class))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("the load said: " + log));
	}

	private static boolean ended(Pod pod) {
		String phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
		return phase.equals("Succeeded") || phase.equals("Failed");
	}

	@Override
	public void close() {
		this.pod.withGracePeriod(0).delete();
	}

}
