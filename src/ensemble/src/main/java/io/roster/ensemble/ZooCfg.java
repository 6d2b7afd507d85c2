package io.roster.ensemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The form in which ZooKeeper keeps a member's parameters. What is read is removed, so
 * that the rest is what ZooKeeper alone knows.
 */
final class ZooCfg {

	private final Map<String, String> rest = new TreeMap<>();

	ZooCfg(Properties properties) {
		properties.stringPropertyNames()
			.forEach((name) -> this.rest.put(name.strip(), properties.getProperty(name).strip()));
	}

	MemberConfig read(@Nullable Integer id) {
		if (this.rest.containsKey("dynamicConfigFile")) {
			throw new IllegalArgumentException("dynamicConfigFile is not read here, but names "
					+ this.rest.get("dynamicConfigFile") + ": put its server.N lines in its place");
		}
		MemberStorage storage = storage();
		MemberTiming timing = timing();
		List<ServerEntry> servers = servers();
		int known = (id != null) ? id : servers.isEmpty() ? 1 : readId(storage.dataDir());
		MemberAddress client = client(known, servers);
		// Both follow from the server list, and write() says them again.
		this.rest.remove("standaloneEnabled");
		this.rest.remove("peerType");
		return new MemberConfig(known, client, storage, timing, servers, this.rest);
	}

	private MemberStorage storage() {
		String dataDir = this.rest.remove("dataDir");
		if (dataDir == null || dataDir.isBlank()) {
			throw new IllegalArgumentException("dataDir must name the directory of the member's data, but is missing");
		}
		String dataLogDir = this.rest.remove("dataLogDir");
		return new MemberStorage(Path.of(dataDir), Path.of((dataLogDir != null) ? dataLogDir : dataDir),
				number("autopurge.snapRetainCount", MemberStorage.DEFAULT_SNAP_RETAIN_COUNT),
				number("autopurge.purgeInterval", MemberStorage.DEFAULT_PURGE_INTERVAL_HOURS));
	}

	private MemberTiming timing() {
		MemberTiming defaults = MemberTiming.DEFAULTS;
		Duration tickTime = millis("tickTime", defaults.tickTime());
		MemberTiming ticks = MemberTiming.ofTicks(tickTime, number("initLimit", defaults.initLimit()),
				number("syncLimit", defaults.syncLimit()));
		return new MemberTiming(tickTime, ticks.initLimit(), ticks.syncLimit(),
				millis("minSessionTimeout", ticks.minSessionTimeout()),
				millis("maxSessionTimeout", ticks.maxSessionTimeout()));
	}

	private List<ServerEntry> servers() {
		List<ServerEntry> servers = new ArrayList<>();
		for (String name : List.copyOf(this.rest.keySet())) {
			if (name.startsWith("server.")) {
				int id = parse(name, name.substring("server.".length()));
				servers.add(ServerEntry.parse(id, this.rest.remove(name)));
			}
		}
		servers.sort(Comparator.comparingInt(ServerEntry::id));
		return servers;
	}

	private MemberAddress client(int id, List<ServerEntry> servers) {
		String host = this.rest.remove("clientPortAddress");
		String port = this.rest.remove("clientPort");
		MemberAddress listed = servers.stream()
			.filter((server) -> server.id() == id)
			.findFirst()
			.map(ServerEntry::client)
			.orElse(new MemberAddress(MemberAddress.LOOPBACK, MemberAddress.DEFAULT_CLIENT_PORT));
		return new MemberAddress((host != null) ? MemberAddress.withoutBrackets(host) : listed.host(),
				(port != null) ? parse("clientPort", port) : listed.port());
	}

	private int number(String name, int otherwise) {
		String value = this.rest.remove(name);
		return (value != null) ? parse(name, value) : otherwise;
	}

	private Duration millis(String name, Duration otherwise) {
		String value = this.rest.remove(name);
		return (value != null) ? Duration.ofMillis(parse(name, value)) : otherwise;
	}

	private static int parse(String name, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(name + " must be a whole number, but is '" + value + "'", ex);
		}
	}

	private static int readId(Path dataDir) {
		Path file = dataDir.resolve(DataDirectory.ID_FILE);
		try {
			return parse(file.toString(), Files.readString(file).strip());
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The member's id is not known: write it into " + file
					+ " (the N of this member's server.N line, alone) or give it on start", ex);
		}
	}

	static Properties write(MemberConfig config) {
		Properties properties = new Properties();
		properties.setProperty("4lw.commands.whitelist", MemberConfig.FOUR_LETTER_WORDS);
		// It would listen on every interface and needs a Jetty that is not there.
		properties.setProperty("admin.enableServer", "false");
		config.other().forEach(properties::setProperty);
		properties.setProperty("dataDir", config.storage().dataDir().toString());
		properties.setProperty("dataLogDir", config.storage().dataLogDir().toString());
		properties.setProperty("autopurge.snapRetainCount", String.valueOf(config.storage().snapRetainCount()));
		properties.setProperty("autopurge.purgeInterval", String.valueOf(config.storage().purgeIntervalHours()));
		properties.setProperty("clientPort", String.valueOf(config.client().port()));
		properties.setProperty("clientPortAddress", config.client().host());
		properties.setProperty("tickTime", String.valueOf(config.timing().tickTime().toMillis()));
		properties.setProperty("initLimit", String.valueOf(config.timing().initLimit()));
		properties.setProperty("syncLimit", String.valueOf(config.timing().syncLimit()));
		properties.setProperty("minSessionTimeout", String.valueOf(config.timing().minSessionTimeout().toMillis()));
		properties.setProperty("maxSessionTimeout", String.valueOf(config.timing().maxSessionTimeout().toMillis()));
		// With one server line and true, ZooKeeper ignores the line and runs standalone.
		properties.setProperty("standaloneEnabled", String.valueOf(!config.isDistributed()));
		config.servers().forEach((server) -> properties.setProperty("server." + server.id(), server.value()));
		ServerEntry self = config.self();
		if (self != null) {
			properties.setProperty("peerType", self.observer() ? "observer" : "participant");
		}
		return properties;
	}

}
