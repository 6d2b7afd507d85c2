package io.roster.acceptance.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the run is told by system properties.
 *
 * @param kubeConfig the file that the variable KUBECONFIG names
 * @param namespace {@code cluster.namespace}: made by the run and removed at its end
 * @param values {@code cluster.values}: files of values for the chart, separated by
 * commas
 * @param timeout {@code cluster.timeout}: how long an installation may take, in seconds
 * @param demos {@code cluster.demos}: {@code false} where their images cannot be had
 * @param keep {@code cluster.keep}: whether the namespace stays at the end
 */
record Settings(Path kubeConfig, String namespace, List<Path> values, Duration timeout, boolean demos, boolean keep) {

	private static final String PREFIX = "cluster.";

	/**
	 * Reads the properties.
	 * @return nothing where KUBECONFIG names no file
	 */
	static Optional<Settings> read() {
		return Optional.ofNullable(System.getenv("KUBECONFIG"))
			.flatMap((files) -> Arrays.stream(files.split(File.pathSeparator)).findFirst())
			.map(Path::of)
			.filter(Files::isReadable)
			.map((file) -> new Settings(file, property("namespace").orElse("roster-cluster-test"),
					property("values").stream()
						.flatMap((files) -> Arrays.stream(files.split(",")))
						.map(Path::of)
						.toList(),
					Duration.ofSeconds(Long.parseLong(property("timeout").orElse("600"))),
					!property("demos").equals(Optional.of("false")), property("keep").isPresent()));
	}

	/**
	 * A command of the machine that does to the cluster what its API cannot.
	 * @param name {@code cut-pod}, {@code heal-pod}, {@code cut-node} or
	 * {@code heal-node}; {@code %s} in the property {@code cluster.<name>} stands for
	 * {@code namespace/pod}, or for the node's name
	 * @return nothing where the property is not given
	 */
	static Optional<OutsideCommand> command(String name) {
		return property(name).map(OutsideCommand::new);
	}

	/**
	 * The program {@code helm}, which the library in this JVM cannot replace in all it
	 * does: {@code cluster.helm}, or the first one on the path.
	 * @return nothing where there is none
	 */
	static Optional<Path> helm() {
		Stream<Path> path = Arrays
			.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "helm"));
		return property("helm").map(Path::of).or(() -> path.filter(Files::isExecutable).findFirst());
	}

	private static Optional<String> property(String name) {
		return Optional.ofNullable(System.getProperty(PREFIX + name)).filter((value) -> !value.isBlank());
	}

}
