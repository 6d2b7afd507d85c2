package io.roster.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PortsTests {

	@Test
	void everyPortInUseIsNamedWithWhatHoldsIt() throws IOException {
		try (ServerSocket first = listen(); ServerSocket second = listen()) {
			assertThatExceptionOfType(DemoException.class)
				.isThrownBy(() -> PortCheck.requireFree(List.of(first.getLocalPort(), second.getLocalPort())))
				.withMessageContaining("port " + first.getLocalPort() + " is in use by pid ")
				.withMessageContaining("port " + second.getLocalPort() + " is in use by pid ")
				.withMessageContaining("pid " + ProcessHandle.current().pid());
		}
	}

	@Test
	void aPortThatAnotherProcessWillTakeOnAllAddressesIsInUseToo() throws IOException {
		try (ServerSocket everywhere = new ServerSocket(0)) {
			assertThat(Ports.isFree(everywhere.getLocalPort())).isFalse();
		}
	}

	@Test
	void freePortsPass() {
		assertThatNoException().isThrownBy(() -> PortCheck.requireFree(Ports.free(1).all()));
	}

	@Test
	void whatIsWrittenIsRead(@TempDir Path folder) throws IOException {
		Ports ports = Ports.standard(3, 7);
		ports.write(folder.resolve("ports.properties"));
		assertThat(Ports.read(folder.resolve("ports.properties"))).isEqualTo(ports);
	}

	@Test
	void aFileThatIsCutShortIsTold(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("ports.properties"), "members=1,2,3");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> Ports.read(file)).withMessageContaining("quorum");
	}

	@Test
	void anOffsetBeyondThePortsIsTold() {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Ports.standard(1, 60_000))
			.withMessageContaining("60000");
	}

	private static ServerSocket listen() throws IOException {
		return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

}
