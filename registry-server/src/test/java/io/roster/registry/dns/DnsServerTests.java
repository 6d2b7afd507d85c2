package io.roster.registry.dns;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.Directory;
import io.roster.discovery.InstanceData;
import io.roster.discovery.InstanceNodes;
import io.roster.discovery.InstanceStatus;
import io.roster.ensemble.LocalEnsemble;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DnsServerTests {

	private static final LocalEnsemble ensemble = LocalEnsemble.start(1);

	private static final Coordination coordination = Coordination.connect(ensemble.connectString(),
			Duration.ofSeconds(10));

	private static final Directory directory = Directory
		.over(coordination.mirror("/servers", MirrorOptions.withData()));

	private static final DnsServer server = server(directory, 2);

	@BeforeAll
	static void start() throws Exception {
		server.start();
		directory.loaded().get(30, TimeUnit.SECONDS);
	}

	@AfterAll
	static void stop() {
		server.close();
		directory.close();
		coordination.close();
		ensemble.close();
	}

	private static DnsServer server(Directory directory, int connections) {
		DnsProperties properties = new DnsProperties(0, "127.0.0.1", "roster.", Duration.ofSeconds(5), connections,
				Duration.ofSeconds(20));
		return new DnsServer(new DnsAnswers(directory, properties), properties);
	}

	@Test
	void addressesAndPortsOfAServiceAreTold() throws Exception {
		String first = add("bikes", "10.0.0.7", 9001, InstanceStatus.UP);
		add("bikes", "10.0.0.8", 9002, InstanceStatus.UP);
		add("bikes", "fd00::1", 9003, InstanceStatus.UP);
		add("bikes", "10.0.0.9", 9004, InstanceStatus.DRAINING);
		awaitInstances("bikes", 4);
		assertThat(answers("bikes.roster.", Type.A)).containsExactlyInAnyOrder("10.0.0.7", "10.0.0.8");
		assertThat(answers("BIKES.Roster.", Type.A)).hasSize(2);
		assertThat(answers("bikes.roster.", Type.AAAA)).containsExactly("fd00:0:0:0:0:0:0:1");
		for (String name : List.of("bikes.roster.", "_bikes._tcp.roster.", "_http._tcp.bikes.roster.")) {
			Message answer = ask(name, Type.SRV);
			assertThat(answer.getSection(Section.ANSWER)).allMatch((record) -> record.getTTL() == 5)
				.extracting((record) -> ((SRVRecord) record).getPort())
				.containsExactlyInAnyOrder(9001, 9002, 9003);
			assertThat(answer.getSection(Section.ADDITIONAL)).filteredOn((record) -> record.getType() != Type.OPT)
				.hasSize(3);
			assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
		}
		assertThat(answers(first + ".bikes.roster.", Type.A)).containsExactly("10.0.0.7");
	}

	@Test
	void anAddressThatIsANameIsATarget() throws Exception {
		add("named", "bike-host.example", 9001, InstanceStatus.UP);
		awaitInstances("named", 1);
		assertThat(answers("_named._tcp.roster.", Type.SRV)).containsExactly("0 1 9001 bike-host.example.");
		assertThat(answers("named.roster.", Type.A)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "nobody.roster., 3", "_nobody._tcp.roster., 3", "x.down.roster., 3", "down.roster., 0", "roster., 0",
			"_tcp.roster., 0", "example.org., 5", "notroster., 5" })
	void whatIsNotThereIsToldFromWhatIsEmpty(String name, int rcode) throws Exception {
		if (directory.instances("down").instances().isEmpty()) {
			add("down", "10.0.0.7", 9001, InstanceStatus.OUT_OF_SERVICE);
			awaitInstances("down", 1);
		}
		Message answer = ask(name, Type.A);
		assertThat(answer.getRcode()).as(Rcode.string(answer.getRcode())).isEqualTo(rcode);
		assertThat(answer.getSection(Section.ANSWER)).isEmpty();
		assertThat(answer.getSection(Section.AUTHORITY)).hasSize((rcode == Rcode.REFUSED) ? 0 : 1);
	}

	@Test
	void whatDoesNotFitIsCutOffByUdpAndWholeByTcp() throws Exception {
		for (int i = 0; i < 60; i++) {
			add("many", "10.0.1." + i, 9001, InstanceStatus.UP);
		}
		awaitInstances("many", 60);
		SimpleResolver udp = resolver();
		udp.setIgnoreTruncation(true);
		Message cut = udp.send(query("many.roster.", Type.SRV));
		assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
		assertThat(cut.numBytes()).isLessThanOrEqualTo(1232);
		assertThat(resolver().send(query("many.roster.", Type.SRV)).getSection(Section.ANSWER)).hasSize(60);
		SimpleResolver tcp = resolver();
		tcp.setTCP(true);
		assertThat(tcp.send(query("many.roster.", Type.A)).getSection(Section.ANSWER)).hasSize(60);
	}

	@Test
	void whatIsNoQueryIsRefusedOrIgnored() throws Exception {
		Message update = query("bikes.roster.", Type.A);
		update.getHeader().setOpcode(Opcode.UPDATE);
		assertThat(resolver().send(update).getRcode()).isEqualTo(Rcode.NOTIMP);
		SimpleResolver tcp = resolver();
		tcp.setTCP(true);
		assertThat(tcp.send(query("roster.", Type.SOA)).getSection(Section.ANSWER)).hasSize(1);
		try (Socket garbage = connect()) {
			garbage.getOutputStream().write("\0\20no query of DNS ".getBytes(StandardCharsets.US_ASCII));
			assertThat(garbage.getInputStream().read()).isEqualTo(-1);
		}
		assertThat(ask("roster.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
	}

	@Test
	void connectionsHaveABound() throws Exception {
		try (DnsServer bounded = server(directory, 1)) {
			bounded.start();
			try (Socket first = new Socket(InetAddress.getLoopbackAddress(), bounded.port())) {
				byte[] query = query("roster.", Type.SOA).toWire();
				first.setSoTimeout(20_000);
				first.getOutputStream().write(new byte[] { 0, (byte) query.length });
				first.getOutputStream().write(query);
				assertThat(first.getInputStream().read()).isNotEqualTo(-1);
				try (Socket second = new Socket(InetAddress.getLoopbackAddress(), bounded.port())) {
					second.setSoTimeout(20_000);
					assertThat(second.getInputStream().read()).isEqualTo(-1);
				}
			}
		}
	}

	@Test
	void aPortThatIsTakenIsNamed() {
		DnsProperties taken = new DnsProperties(server.port(), "127.0.0.1", "roster.", Duration.ofSeconds(5), 1,
				Duration.ofSeconds(1));
		try (DnsServer second = new DnsServer(new DnsAnswers(directory, taken), taken)) {
			assertThatThrownBy(second::start).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining(String.valueOf(server.port()))
				.hasMessageContaining("roster.dns.port");
		}
	}

	private static Socket connect() throws Exception {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static List<String> answers(String name, int type) throws Exception {
		Message answer = ask(name, type);
		assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
		return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
	}

	private static Message ask(String name, int type) throws Exception {
		return resolver().send(query(name, type));
	}

	private static Message query(String name, int type) throws Exception {
		return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
	}

	private static SimpleResolver resolver() throws Exception {
		SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
		resolver.setPort(server.port());
		resolver.setTimeout(Duration.ofSeconds(20));
		return resolver;
	}

	private static String add(String service, String address, int port, InstanceStatus status) throws Exception {
		byte[] data = InstanceNodes.write(service, "x", Instant.EPOCH,
				InstanceData.at(address, port).withStatus(status));
		String path = coordination.client()
			.create()
			.creatingParentsIfNeeded()
			.withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
			.forPath("/servers/" + service, data);
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static void awaitInstances(String service, int count) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(directory.instances(service).instances()).hasSize(count));
	}

}
