package io.roster.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import io.roster.ensemble.MemberAddress;
import io.roster.ensemble.MemberConfig;
import io.roster.ensemble.ServerEntry;

/**
 * The demo's members: each has its data and its {@code zoo.cfg}, in the form that
 * ZooKeeper's own scripts read, in the demo's folder.
 *
 * @param folder the demo's folder
 * @param ports where they listen
 */
record Members(DemoFolder folder, Ports ports) {

	/**
	 * Those of the demo that runs in the folder, or ran there last; else the standard
	 * ones.
	 */
	static Members in(DemoFolder folder) throws IOException {
		Path file = folder.portsFile();
		return new Members(folder, Files.exists(file) ? Ports.read(file) : Ports.standard(1, 0));
	}

	static String name(int id) {
		return "member-" + id;
	}

	static IntStream ids() {
		return IntStream.rangeClosed(1, Ports.MEMBERS);
	}

	MemberAddress address(int id) {
		return new MemberAddress(MemberAddress.LOOPBACK, this.ports.members().get(id - 1));
	}

	/**
	 * Writes {@code zoo.cfg} anew, because the ports may be other ones than last time.
	 */
	MemberConfig configure(int id) throws IOException {
		MemberConfig config = MemberConfig.member(id, this.folder.memberData(id), servers());
		Files.createDirectories(this.folder.memberData(id));
		try (OutputStream out = Files.newOutputStream(configFile(id))) {
			config.toProperties().store(out, "Member " + id + " of the demo; written at each start");
		}
		return config;
	}

	/** What {@link #configure} has written. */
	MemberConfig configuration(int id) throws IOException {
		return MemberConfig.read(configFile(id), id);
	}

	private Path configFile(int id) {
		return this.folder.root().resolve(name(id) + ".cfg");
	}

	private List<ServerEntry> servers() {
		return ids()
			.mapToObj((id) -> new ServerEntry(id, MemberAddress.LOOPBACK, this.ports.quorum().get(id - 1),
					this.ports.election().get(id - 1), false, address(id)))
			.toList();
	}

}
