package io.roster.discovery;

import io.roster.coordination.Node;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LayoutsTest {

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = {
			// The roots apart.
			"/servers,/services,/servers/bike0000000001,SEQUENTIAL bike",
			"/servers,/services,/servers/bike,SEQUENTIAL bike", "/servers,/services,/servers/bike0000000001/x,-",
			"/servers,/services,/servers,-", "/servers,/services,/services,-", "/servers,/services,/services/bike,-",
			"/servers,/services,/services/bike/uuid,CURATOR bike", "/servers,/services,/services/bike/uuid/x,-",
			"/servers,/services,/serversX/bike0000000001,-", "/servers,-,/services/bike/uuid,-",
			// Both the same.
			"/both,/both,/both/bike0000000001,SEQUENTIAL bike", "/both,/both,/both/bike/uuid,CURATOR bike",
			"/both,/both,/both/bike0000000001/x,-",
			// One below the other.
			"/servers,/servers/curator,/servers/curator,-", "/servers,/servers/curator,/servers/curator/bike,-",
			"/servers,/servers/curator,/servers/curator/bike/uuid,CURATOR bike",
			"/servers,/servers/curator,/servers/bike0000000001,SEQUENTIAL bike", "/servers,/servers/a/b,/servers/a,-",
			"/services/roster,/services,/services/roster/bike0000000001,SEQUENTIAL bike",
			"/services/roster,/services,/services/bike/uuid,CURATOR bike", "/services/a/b,/services,/services/a/b,-",
			"/services/a/b,/services,/services/a/c,CURATOR a",
			"/services/a/b,/services,/services/a/b/bike0000000001,SEQUENTIAL bike",
			// The tree's own root.
			"/,/services,/bike0000000001,SEQUENTIAL bike", "/,/services,/services,-",
			"/,/services,/services/bike/uuid,CURATOR bike", "/servers,/,/bike/uuid,CURATOR bike",
			"/servers,/,/servers/bike0000000001,SEQUENTIAL bike" })
	void aPathBelongsToOneLayoutAtMost(String root, @Nullable String curatorRoot, String path,
			@Nullable String expected) {
		Layouts.Place place = new Layouts(root, curatorRoot).place(path);
		assertThat((place != null) ? place.layout() + " " + place.service() : null).isEqualTo(expected);
	}

	@Test
	void aFolderIsNoInstance() {
		Layouts apart = new Layouts("/servers", "/services");
		assertThat(apart.member(persistent("/services/part/bike", "10.0.0.1"))).isNull();
		assertThat(apart.member(persistent("/services/bike/static", "10.0.0.1:80"))).isNotNull();
		assertThat(apart.member(persistent("/servers/bike", "bike"))).isNotNull();
		assertThat(apart.member(Nodes.node("/services/bike/garbage", 1, 0, "?"))).isNotNull();
		Layouts same = new Layouts("/both", "/both");
		assertThat(same.member(persistent("/both/bike", ""))).isNull();
		assertThat(same.member(persistent("/both/bike0000000001", "bike"))).isNotNull();
		assertThat(same.member(persistent("/both/bike", "10.0.0.1:80"))).isNotNull();
	}

	private static Node persistent(String path, String data) {
		Node ephemeral = Nodes.node(path, 1, 0, data);
		Stat stat = new Stat(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
		return new Node(path, 1, stat, ephemeral.data());
	}

}
