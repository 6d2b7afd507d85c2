package io.roster.locks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.apache.zookeeper.common.PathUtils;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any text may be the name of a node, or what a request names as a lock, lease or token.
 */
class PlaceNamesFuzzTest {

	static Stream<byte[]> seeds() {
		return Stream
			.of("", "_c_5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11-lock-0000000007", "__READ__0000000001",
					"_c_5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11-__WRIT__-2147483648", "0000000000", "zookeeper", "a/b",
					"..", "5f0c7c2e-8f3b-4a53-9c0e-6a2f6f1f3f11", "9223372036854775807", "-1", "\u0000")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8));
	}

	@MethodSource("seeds")
	@FuzzTest
	void areReadOrRefused(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		readPlace(text);
		try {
			PathUtils.validatePath("/locks/" + LockNames.checkLock(text) + "/lock-0000000001");
			assertThat(text).doesNotContain("/");
		}
		catch (InvalidLockRequestException ex) {
			assertThat(ex.field()).isEqualTo("lock");
		}
		try {
			assertThat(LockNames.parseLease(text)).hasToString(text.toLowerCase(Locale.ROOT));
		}
		catch (InvalidLockRequestException ex) {
			assertThat(ex.field()).isEqualTo("lease");
		}
		try {
			assertThat(FencingTokens.parse(text)).isNotNegative();
		}
		catch (InvalidLockRequestException ex) {
			assertThat(ex.field()).isEqualTo("fencingToken");
		}
	}

	private static void readPlace(String text) {
		PlaceName name = PlaceName.parse(text);
		if (name != null) {
			assertThat(text).endsWith("%010d".formatted(name.sequence()));
			assertThat(name.lease() == null || text.startsWith("_c_")).isTrue();
			assertThat(name.mode()).isEqualTo(name.shared() ? Mode.SHARED : Mode.EXCLUSIVE);
		}
	}

}
