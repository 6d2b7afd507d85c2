package io.roster.acceptance.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.roster.acceptance.Repository;

/**
 * The chart's release in the namespace of the run. All calls block until it is ready, or
 * until the timeout has passed.
 */
final class Release {

	/** Names of Services are those of the contract in a release of this name. */
	static final String NAME = "roster";

	private static final Path CHART = Repository.root().resolve("helm/roster");

	private final Settings settings;

	Release(Settings settings) {
		this.settings = settings;
	}

	void install(Map<String, Object> values) {
		InstallCommand command = new Helm(CHART).install()
			.withName(NAME)
			.withNamespace(this.settings.namespace())
			.withKubeConfig(this.settings.kubeConfig())
			.waitReady()
			.withTimeout(timeout());
		this.settings.values().forEach(command::withValuesFile);
		values.forEach(command::set);
		command.call();
	}

	void upgrade(Map<String, Object> values) {
		UpgradeCommand command = new Helm(CHART).upgrade()
			.withName(NAME)
			.withNamespace(this.settings.namespace())
			.withKubeConfig(this.settings.kubeConfig())
			.waitReady()
			.withTimeout(timeout());
		this.settings.values().forEach(command::withValuesFile);
		values.forEach(command::set);
		command.call();
	}

	/** Helm as a library cannot do this. */
	void rollback(Path helm, int revision) {
		OutsideCommand.run(
				List.of(helm.toString(), "rollback", NAME, Integer.toString(revision), "--namespace",
						this.settings.namespace(), "--wait", "--timeout", timeout() + "s"),
				Map.of("KUBECONFIG", this.settings.kubeConfig().toString()));
	}

	/** The number of the newest revision. */
	int revision() {
		return Helm.history(NAME)
			.withNamespace(this.settings.namespace())
			.withKubeConfig(this.settings.kubeConfig())
			.call()
			.stream()
			.mapToInt((each) -> each.getRevision())
			.max()
			.orElseThrow();
	}

	String test() {
		return Helm.test(NAME)
			.withNamespace(this.settings.namespace())
			.withKubeConfig(this.settings.kubeConfig())
			.withTimeout(timeout())
			.call()
			.getOutput();
	}

	void uninstall() {
		Helm.uninstall(NAME).withNamespace(this.settings.namespace()).withKubeConfig(this.settings.kubeConfig()).call();
	}

	private int timeout() {
		return Math.toIntExact(this.settings.timeout().toSeconds());
	}

}
