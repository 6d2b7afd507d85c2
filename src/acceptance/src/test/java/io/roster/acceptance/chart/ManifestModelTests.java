package io.roster.acceptance.chart;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests, read as the types of Kubernetes' API and of the Prometheus Operator's: a
 * field that is misspelt, or in the wrong place, is none of theirs.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Helm is here as a library for Linux on amd64")
class ManifestModelTests {

	private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

	@ParameterizedTest
	@MethodSource("io.roster.acceptance.chart.ChartTests#matrix")
	void everyFieldIsOneOfTheApis(String kubernetes, Map<String, ?> values) {
		Manifests manifests = Manifests.rendered("roster", kubernetes, values);
		List<String> strangers = new ArrayList<>();
		manifests.all().forEach((manifest) -> {
			HasMetadata object = SERIALIZATION.convertValue(manifest, HasMetadata.class);
			assertThat(object).as("the type of %s", manifest).isNotInstanceOf(GenericKubernetesResource.class);
			collect(object, object.getKind() + " " + object.getMetadata().getName(), strangers);
		});
		assertThat(strangers).isEmpty();
	}

	/** Walks the getters of a model's object, down to what it has no field for. */
	private static void collect(@Nullable Object value, String path, List<String> strangers) {
		if (value instanceof Collection<?> list) {
			list.forEach((each) -> collect(each, path + "[]", strangers));
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, each) -> collect(each, path + "." + key, strangers));
		}
		else if (value != null && value.getClass().getPackageName().startsWith("io.fabric8.")
				&& !value.getClass().isEnum()) {
			for (Method getter : value.getClass().getMethods()) {
				if (getter.getParameterCount() == 0 && getter.getName().startsWith("get")
						&& getter.getDeclaringClass() != Object.class && !getter.isDefault()) {
					Object field = read(value, getter);
					if (getter.getName().equals("getAdditionalProperties")) {
						((Map<?, ?>) field).keySet().forEach((key) -> strangers.add(path + "." + key));
					}
					else {
						collect(field, path + "." + getter.getName().substring(3), strangers);
					}
				}
			}
		}
	}

	private static Object read(Object value, Method getter) {
		try {
			return getter.invoke(value);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(getter + " cannot be read", ex);
		}
	}

}
