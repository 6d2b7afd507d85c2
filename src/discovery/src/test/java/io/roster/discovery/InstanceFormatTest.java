package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceType;
import org.apache.curator.x.discovery.UriSpec;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.zookeeper.discovery.ZookeeperInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InstanceFormatTest {

	private static final Instant SINCE = Instant.ofEpochMilli(1_700_000_000_123L);

	private final JsonInstanceSerializer<ZookeeperInstance> curator = new JsonInstanceSerializer<>(
			ZookeeperInstance.class);

	@Test
	void curatorReadsWhatIsWritten() throws Exception {
		InstanceData data = InstanceData.at("127.0.0.1", 8790)
			.withMetadata(Map.of("zone", "a"))
			.withStatus(InstanceStatus.DRAINING);
		ServiceInstance<ZookeeperInstance> read = this.curator
			.deserialize(InstanceFormat.write("bikesvc", "some-id", SINCE, data));
		assertThat(read.getName()).isEqualTo("bikesvc");
		assertThat(read.getId()).isEqualTo("some-id");
		assertThat(read.getAddress()).isEqualTo("127.0.0.1");
		assertThat(read.getPort()).isEqualTo(8790);
		assertThat(read.getSslPort()).isNull();
		assertThat(read.isEnabled()).isTrue();
		assertThat(read.getRegistrationTimeUTC()).isEqualTo(SINCE.toEpochMilli());
		assertThat(read.buildUriSpec()).isEqualTo("http://127.0.0.1:8790");
		assertThat(read.getPayload().name).isEqualTo("bikesvc");
		assertThat(read.getPayload().metadata).containsOnly(Map.entry("zone", "a"),
				Map.entry("instance_status", "DRAINING"));
	}

	@Test
	void curatorReadsASecureInstance() throws Exception {
		ServiceInstance<ZookeeperInstance> read = this.curator.deserialize(
				InstanceFormat.write("bikesvc", "some-id", SINCE, InstanceData.at("bikes", 8443).withSecure(true)));
		assertThat(read.getSslPort()).isEqualTo(8443);
		assertThat(read.buildUriSpec()).isEqualTo("https://bikes:8443");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatCuratorWritesIsRead(boolean compatible) throws Exception {
		ZookeeperInstance payload = new ZookeeperInstance();
		payload.metadata = Map.of("instance_status", "OUT_OF_SERVICE", "zone", "b");
		ServiceInstance<ZookeeperInstance> instance = new ServiceInstance<>("bikesvc", "some-id", "10.0.0.1", 80, null,
				payload, 1, ServiceType.DYNAMIC, new UriSpec("{scheme}://{address}:{port}"));
		byte[] bytes = new JsonInstanceSerializer<>(ZookeeperInstance.class, compatible).serialize(instance);
		assertThat(InstanceFormat.read(bytes))
			.isEqualTo(new InstanceData("10.0.0.1", 80, false, InstanceStatus.OUT_OF_SERVICE, Map.of("zone", "b")));
		assertThat(InstanceFormat.registrationId(bytes)).contains("some-id");
	}

	@Test
	void whatIsWrittenIsReadBack() {
		InstanceData data = InstanceData.at("::1", 1)
			.withSecure(true)
			.withStatus(InstanceStatus.DRAINING)
			.withMetadata(Map.of("\u00fcmlaut", "\"\n\u20ac", "instance_status", "UP"));
		assertThat(InstanceFormat.read(InstanceFormat.write("bikesvc", "x", SINCE, data))).isEqualTo(data);
		assertThat(data.metadata()).doesNotContainKey("instance_status");
	}

	@Test
	void anInstanceThatCuratorCallsDisabledIsOutOfService() {
		assertThat(read("{\"address\":\"a\",\"port\":1,\"enabled\":false}").status())
			.isEqualTo(InstanceStatus.OUT_OF_SERVICE);
	}

	@ParameterizedTest
	@CsvSource({ "UP,UP", "up,UP", "' ',UP", "DOWN,OUT_OF_SERVICE", "draining,DRAINING" })
	void aStatusIsReadAsSpringCloudReadsIt(String text, InstanceStatus status) {
		assertThat(read("{\"payload\":{\"metadata\":{\"instance_status\":\"" + text + "\"}}}").status())
			.isEqualTo(status);
	}

	@Test
	void unknownFieldsAndForeignMetadataDoNoHarm() {
		InstanceData data = read("{\"new\":[1,{}],\"address\":\"a\",\"port\":1,\"payload\":{\"metadata\":"
				+ "{\"n\":1,\"b\":true,\"o\":{\"x\":[]},\"z\":null}}}");
		assertThat(data)
			.isEqualTo(InstanceData.at("a", 1).withMetadata(Map.of("n", "1", "b", "true", "o", "{\"x\":[]}")));
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:80,127.0.0.1,80", "bikes.example.org:65535,bikes.example.org,65535", "[::1]:80,::1,80",
			"[fe80::1%eth0]:8080,fe80::1%eth0,8080", "' host_1:1\n',host_1,1", "my-host.:9,my-host.,9" })
	void hostAndPortIsAnEndpoint(String text, String host, int port) {
		assertThat(read(text)).isEqualTo(InstanceData.at(host, port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "bikesvc", ":80", "host:", "host:0", "host:65536", "host:99999", "host:-1",
			"::1:80", "[::1]", "[]:80", "[bike]:80", "http://host:80", "a b:80", "host:80/path", "user@host:80", "-:1",
			"null", "[1,2]", "\"host:80\"", "{", "{}", "{]", "{\"address\":5,\"port\":1}",
			"{\"address\":\"a\",\"port\":\"x\"}", "{\"address\":\"a\",\"port\":70000}",
			"{\"address\":\"a\",\"port\":1.5}", "{\"address\":\"a\",\"port\":99999999999999999999}",
			"{\"address\":\"a\"}", "{\"port\":80}", "{\"address\":\"evil/@x\",\"port\":80}",
			"{\"address\":[],\"port\":{},\"payload\":7,\"sslPort\":false}", "{\"payload\":{\"metadata\":[]}}",
			"{\"payload\":{\"metadata\":\"x\"}}" })
	void anythingElseIsAMemberWithoutEndpoint(String text) {
		InstanceData data = read(text);
		assertThat(data.address()).isNull();
		assertThat(data.port()).isNull();
	}

	static Stream<byte[]> garbage() {
		byte[] large = new byte[1_000_000];
		Arrays.fill(large, (byte) '{');
		byte[] random = new byte[1_000];
		new Random(1).nextBytes(random);
		byte[] broken = { '{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}' };
		byte[] text = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
		byte[] number = ("{\"port\":" + "9".repeat(900_000) + "}").getBytes(StandardCharsets.UTF_8);
		return Stream.of(large, random, broken, text, number, new byte[] { 0 }, new byte[] { (byte) 0xff });
	}

	@ParameterizedTest
	@MethodSource("garbage")
	void garbageIsAMemberWithoutEndpoint(byte[] bytes) {
		assertThat(InstanceFormat.read(bytes)).isEqualTo(InstanceData.NONE);
		assertThat(InstanceFormat.registrationId(bytes)).isEmpty();
	}

	@Test
	void tooMuchMetadataIsRefusedWithASentence() {
		InstanceData data = InstanceData.at("a", 1).withMetadata(Map.of("k", "v".repeat(InstanceFormat.LARGEST)));
		assertThatIllegalArgumentException().isThrownBy(() -> InstanceFormat.write("bikesvc", "x", SINCE, data))
			.withMessageContaining("shorten its metadata");
	}

	@Test
	void dataThatCannotBeAnEndpointIsRefused() {
		for (String address : List.of("", "a b", "http://a", "a:80")) {
			assertThatIllegalArgumentException().isThrownBy(() -> InstanceData.at(address, 80));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> InstanceData.at("a", 0)).withMessageContaining("65535");
		assertThatIllegalArgumentException().isThrownBy(() -> InstanceData.at("a", 65_536));
	}

	private static InstanceData read(String text) {
		return InstanceFormat.read(text.getBytes(StandardCharsets.UTF_8));
	}

}
