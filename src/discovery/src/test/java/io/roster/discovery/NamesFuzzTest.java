package io.roster.discovery;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Any text may be the name of a node, an endpoint, or the way to build an address. */
class NamesFuzzTest {

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "bikesvc0000000010", "bikesvc-2147483648", "bike-0000000001", "9999999999", "host:80",
					"[fe80::1%eth0]:65535", "[::]:0", "{scheme}://{address}:{port}", "{a}{}:b{}c", "{{", "}", "..")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void areReadOrRefused(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		readNode(text);
		Endpoint.parse(text).ifPresent((endpoint) -> {
			// Nothing with which a URI would mean something else.
			assertThat(endpoint.address()).isNotEmpty().doesNotContainPattern("[/?#@\\\\\\[\\]\\s]");
			assertThat(endpoint.port()).isBetween(1, 65_535);
		});
		readUriSpec(text);
		try {
			assertThat(ServiceName.requireValid(text)).isEqualTo(text);
			assertThat(NodeName.parse(text + "0000000007")).isEqualTo(new NodeName(text, 7));
		}
		catch (InvalidServiceNameException ex) {
			assertThat(ex).hasMessageContaining("service");
		}
	}

	private static void readNode(String text) {
		NodeName name = NodeName.parse(text);
		Integer sequence = name.sequence();
		// As PrepRequestProcessor writes it.
		assertThat((sequence != null) ? name.service() + "%010d".formatted(sequence) : name.service()).isEqualTo(text);
	}

	private static void readUriSpec(String text) {
		try {
			String again = text(UriSpec.parse(text));
			assertThat(text(UriSpec.parse(again))).isEqualTo(again);
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("braces");
		}
	}

	private static String text(UriSpec spec) {
		return spec.parts()
			.stream()
			.map((part) -> part.variable() ? "{" + part.value() + "}" : part.value())
			.collect(Collectors.joining());
	}

}
