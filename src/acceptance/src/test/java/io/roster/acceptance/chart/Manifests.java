package io.roster.acceptance.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the chart makes of some values.
 */
final class Manifests {

	private static final Path CHART = withoutCluster();

	/** Several tests read the same ones. */
	private static final Map<List<Object>, Manifests> RENDERED = new ConcurrentHashMap<>();

	private final List<Map<String, Object>> objects;

	private Manifests(List<Map<String, Object>> objects) {
		this.objects = objects;
	}

	/**
	 * Renders the chart.
	 * @param release the release's name
	 * @param kubeVersion the cluster's version
	 * @param values as for {@code helm --set}
	 * @return the objects, those of the hooks included
	 */
	static Manifests rendered(String release, String kubeVersion, Map<String, ?> values) {
		return RENDERED.computeIfAbsent(List.of(release, kubeVersion, values),
				(key) -> render(release, kubeVersion, values));
	}

	private static Manifests render(String release, String kubeVersion, Map<String, ?> values) {
		TemplateCommand command = new Helm(CHART).template()
			.withName(release)
			.withNamespace("team")
			.withKubeVersion(kubeVersion);
		values.forEach(command::set);
		return parsed(command.call());
	}

	/**
	 * A copy of the chart for a rendering without a cluster: its hooks are plain objects,
	 * because hooks are left out, and what it would look up is below {@code global},
	 * because this Helm would ask whatever cluster it finds.
	 */
	private static Path withoutCluster() {
		try (Stream<Path> files = Files.walk(ChartTests.CHART)) {
			Path copy = Files.createTempDirectory(Path.of("target"), "chart");
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = copy.resolve(ChartTests.CHART.relativize(file));
				Files.createDirectories(target.getParent());
				Files.writeString(target,
						Files.readString(file)
							.replaceAll("(?m)^ +helm.sh/hook.*$", "")
							.replace("(lookup \"v1\" \"Secret\" .Release.Namespace $name)",
									"(index (.Values.global | default dict) $name | default dict)"));
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Manifests parsed(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<Map<String, Object>> objects = new ArrayList<>();
		for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
			if (document != null) {
				objects.add((Map<String, Object>) document);
			}
		}
		return new Manifests(objects);
	}

	/**
	 * The names of the objects of a kind.
	 * @param kind the kind
	 * @return their names, in the order of the chart
	 */
	List<String> names(String kind) {
		return all(kind).map((object) -> text(object, "metadata", "name")).toList();
	}

	/**
	 * All objects.
	 * @return the objects, in the order of the chart
	 */
	Stream<Map<String, Object>> all() {
		return this.objects.stream();
	}

	/**
	 * All objects of a kind.
	 * @param kind the kind
	 * @return the objects
	 */
	Stream<Map<String, Object>> all(String kind) {
		return this.objects.stream().filter((object) -> kind.equals(object.get("kind")));
	}

	/**
	 * All kinds of pods, by what owns them: the pod itself, or the template of it.
	 * @return the objects with {@code metadata} and {@code spec}
	 */
	Stream<Map<String, Object>> pods() {
		return Stream.concat(all("Pod"), workloads().map((workload) -> map(workload, "spec", "template")));
	}

	/**
	 * What makes pods.
	 * @return the Deployments and StatefulSets
	 */
	Stream<Map<String, Object>> workloads() {
		return Stream.concat(all("Deployment"), all("StatefulSet"));
	}

	/**
	 * One object.
	 * @param kind its kind
	 * @param name its name
	 * @return the object
	 */
	Map<String, Object> object(String kind, String name) {
		return all(kind).filter((object) -> name.equals(text(object, "metadata", "name")))
			.findFirst()
			.orElseThrow(() -> new NoSuchElementException("no " + kind + " " + name + " among " + names(kind)));
	}

	/**
	 * The value at a place in an object.
	 * @param object the object
	 * @param keys keys of maps, and indexes of lists
	 * @return the value, {@code null} if there is none
	 */
	static @Nullable Object at(@Nullable Object object, Object... keys) {
		Object value = object;
		for (Object key : keys) {
			if (value instanceof List<?> list) {
				value = list.get((Integer) key);
			}
			else {
				value = (value instanceof Map<?, ?> map) ? map.get(key) : null;
			}
		}
		return value;
	}

	static String text(@Nullable Object object, Object... keys) {
		return String.valueOf(at(object, keys));
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object object, Object... keys) {
		return (Map<String, Object>) Objects.requireNonNull(at(object, keys), () -> "nothing at " + List.of(keys));
	}

	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> list(@Nullable Object object, Object... keys) {
		return (List<Map<String, Object>>) Objects.requireNonNull(at(object, keys),
				() -> "nothing at " + List.of(keys));
	}

	/**
	 * The variables of a pod's first container.
	 * @param pod a pod, or the template of one
	 * @return value by name
	 */
	static Map<String, String> environment(Map<String, Object> pod) {
		return list(pod, "spec", "containers", 0, "env").stream()
			.collect(Collectors.toMap((entry) -> text(entry, "name"), (entry) -> text(entry, "value")));
	}

}
