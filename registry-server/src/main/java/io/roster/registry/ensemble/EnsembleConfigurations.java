package io.roster.registry.ensemble;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.roster.ensemble.EmbeddedMember;
import io.roster.ensemble.EnsembleSettings;
import io.roster.ensemble.EnsembleStatus;
import io.roster.ensemble.MemberSettings;
import io.roster.ensemble.ServerEntry;
import io.roster.ensemble.SettingsReview;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.zookeeper.ZookeeperProperties;
import org.springframework.stereotype.Component;

/**
 * Puts together what the members tell of their settings: by the four-letter word
 * {@code conf}, and by {@code /zookeeper/config}, the ensemble's own list of servers.
 * What nobody tells is {@code null}.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class EnsembleConfigurations {

	private static final String CONFIG_NODE = "/zookeeper/config";

	private static final String CONFIG = "config";

	private final EnsembleSurveyor surveyor;

	private final CuratorFramework client;

	private final ZookeeperProperties properties;

	private final ObjectProvider<EmbeddedMember> embedded;

	/** Asks all members. Blocks for some seconds at most. */
	ConfigurationView read() {
		EnsembleStatus status = this.surveyor.status();
		EnsembleSettings settings = EnsembleSettings.of(status, EnsembleSurveyor.BOUND);
		Integer purgeHours = purgeHours();
		List<ConfigurationView.Parameter> parameters = Arrays.stream(Parameter.values())
			.map((parameter) -> parameter
				.view(settings.members().stream().map((member) -> parameter.valueOf(member, purgeHours)).toList()))
			.toList();
		Map<String, String> own = configNode();
		return new ConfigurationView(parameters, servers(settings, own), own.get("version"),
				SettingsReview
					.of(status, settings, Duration.ofMillis(this.properties.getSessionTimeout().toMillis()), purgeHours)
					.stream()
					.map(ConfigurationView.Warning::of)
					.toList());
	}

	/** Only a member in this process has a configuration that can be looked into. */
	private @Nullable Integer purgeHours() {
		return Optional.ofNullable(this.embedded.getIfAvailable())
			.map((member) -> member.config().storage().purgeIntervalHours())
			.orElse(null);
	}

	private Map<String, String> configNode() {
		if (!this.client.getZookeeperClient().isConnected()) {
			return Map.of();
		}
		try {
			byte[] data = this.client.usingNamespace(null).getData().forPath(CONFIG_NODE);
			Map<String, String> lines = new TreeMap<>();
			new String((data != null) ? data : new byte[0], StandardCharsets.UTF_8).lines().forEach((line) -> {
				int equals = line.indexOf('=');
				if (equals > 0) {
					lines.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
				}
			});
			return lines;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Map.of();
		}
		catch (Exception ex) {
			// A chroot, an ACL or an outage: the members themselves may tell.
			log.debug("{} cannot be read", CONFIG_NODE, ex);
			return Map.of();
		}
	}

	private static List<ConfigurationView.Server> servers(EnsembleSettings settings, Map<String, String> own) {
		Map<String, List<String>> toldBy = new TreeMap<>();
		own.forEach((name, value) -> {
			if (name.matches("server\\.\\d{1,3}")) {
				toldBy.computeIfAbsent(name + "=" + value, (line) -> new ArrayList<>()).add(CONFIG);
			}
		});
		for (MemberSettings member : settings.members()) {
			member.servers()
				.forEach(
						(id, value) -> toldBy.computeIfAbsent("server." + id + "=" + value, (line) -> new ArrayList<>())
							.add(member.address().toString()));
		}
		Map<String, ConfigurationView.Server> servers = new LinkedHashMap<>();
		toldBy.forEach((line, tellers) -> servers.put(line, server(line, tellers)));
		return List.copyOf(servers.values());
	}

	private static ConfigurationView.Server server(String line, List<String> toldBy) {
		int equals = line.indexOf('=');
		int id = Integer.parseInt(line.substring("server.".length(), equals));
		List<String> tellers = toldBy.stream().sorted().toList();
		try {
			ServerEntry entry = ServerEntry.parse(id, line.substring(equals + 1));
			String client = (entry.client() != null) ? entry.client().toString() : null;
			return new ConfigurationView.Server(id, line, entry.host(), entry.quorumPort(), entry.electionPort(),
					entry.observer() ? "observer" : "participant", client, meaning(entry, client), tellers);
		}
		catch (IllegalArgumentException ex) {
			return new ConfigurationView.Server(id, line, null, null, null, null, null,
					"This line has a form that is not taken apart here.", tellers);
		}
	}

	private static String meaning(ServerEntry entry, @Nullable String client) {
		return "Member %d %s at %s: followers connect to port %d while it leads, votes are exchanged on port %d, %s."
			.formatted(entry.id(), entry.observer() ? "follows without a vote" : "votes", entry.host(),
					entry.quorumPort(), entry.electionPort(), (client != null) ? "clients connect to " + client
							: "and its own zoo.cfg says where clients connect");
	}

}
