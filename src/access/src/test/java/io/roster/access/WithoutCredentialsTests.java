package io.roster.access;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A service that knows no credentials.
 */
@ExtendWith(OutputCaptureExtension.class)
class WithoutCredentialsTests {

	@Test
	void onLoopbackEverybodyIsAnonymousWithAllRolesAndTheLogSaysSo(CapturedOutput output) throws Exception {
		try (TestService service = TestService.start()) {
			assertThat(service.get("/who", null).body()).isEqualTo("anonymous viewer:true client:true operator:true");
			assertThat(service.get("/who", "not-looked-at").statusCode()).isEqualTo(200);
			assertThat(service.post("/closed", null).statusCode()).isEqualTo(200);
			assertThat(service.post("/later/200", null).body()).isEqualTo("anonymous");
			assertThat(service.get("/stream", null).body()).contains("data:two");
			assertThat(service.get("/nothing", null).statusCode()).isEqualTo(404);
			assertThat(service.fromSite("cross-site").statusCode()).isEqualTo(403);
			assertThat(service.fromSite("cross-site").body()).contains("urn:roster:problem:cross-site");
			assertThat(service.fromSite("same-origin").statusCode()).isEqualTo(200);
		}
		assertThat(output.getOut()).containsOnlyOnce("No credentials are configured")
			.contains("POST /closed by anonymous (operator)")
			.doesNotContain("Using generated security password");
	}

	@Test
	void elsewhereTheStartIsRefused(CapturedOutput output) {
		assertThatThrownBy(() -> TestService.listeningOn("0.0.0.0"))
			.hasRootCauseInstanceOf(AccessConfigurationException.class);
		assertThat(output.getOut() + output.getErr()).contains("APPLICATION FAILED TO START")
			.contains("server.address=0.0.0.0", "roster.access.api-keys", "issuer-uri");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.5.5.5", "::1" })
	void loopbackAddressesAreThisMachine(String address) {
		assertThatCode(() -> Exposure.requireLoopback(server(address), null)).doesNotThrowAnyException();
	}

	@Test
	void noAddressIsEveryAddress() {
		AccessConfigurationException refusal = catchThrowableOfType(AccessConfigurationException.class,
				() -> Exposure.requireLoopback(new ServerProperties(), null));
		assertThat(refusal).hasMessageContaining("server.address=");
	}

	@Test
	void aManagementPortOfItsOwnIsOnLoopbackToo() {
		assertThatThrownBy(() -> Exposure.requireLoopback(server("127.0.0.1"), new ManagementServerProperties()))
			.hasMessageContaining("management.server.address");
	}

	private static ServerProperties server(String address) throws java.net.UnknownHostException {
		ServerProperties server = new ServerProperties();
		server.setAddress(InetAddress.getByName(address));
		return server;
	}

}
