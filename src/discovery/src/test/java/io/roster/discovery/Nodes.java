package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** Makes nodes and members as an ensemble would show them. */
final class Nodes {

	static final Layouts LAYOUTS = new Layouts("/servers", "/services");

	private static final long SESSION = 1;

	private Nodes() {
	}

	static Node node(String path, long czxid, int version, String data) {
		Stat stat = new Stat(czxid, czxid + version, 1_000, 1_000 + version, version, 0, 0, SESSION, 0, 0, 0);
		return new Node(path, czxid, stat, data.getBytes(StandardCharsets.UTF_8));
	}

	static Member member(String path, long czxid, int version, String data) {
		return Objects.requireNonNull(LAYOUTS.member(node(path, czxid, version, data)));
	}

	static Member sequential(String service, int sequence, long czxid, String data) {
		return member(String.format("/servers/%s%010d", service, sequence), czxid, 0, data);
	}

	/** An instance at a port, of a registration or of nobody in particular. */
	static Member sequential(String service, int sequence, long czxid, int port, @Nullable String registration) {
		return sequential(service, sequence, czxid, json(port, registration, InstanceStatus.UP));
	}

	static Member curator(String service, String id, long czxid, int port, @Nullable String registration) {
		return member("/services/" + service + "/" + id, czxid, 0, json(port, registration, InstanceStatus.UP));
	}

	static String json(int port, @Nullable String registration, InstanceStatus status) {
		String id = (registration != null) ? "\"id\":\"" + registration + "\"," : "";
		return "{" + id + "\"address\":\"127.0.0.1\",\"port\":" + port + ",\"payload\":{\"metadata\":"
				+ "{\"instance_status\":\"" + status + "\"}}}";
	}

}
