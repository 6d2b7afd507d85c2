package io.roster.discovery;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeNameTest {

	@ParameterizedTest
	@CsvSource({ "bikesvc0000000010,bikesvc,10", "svc10000000010,svc1,10", "bike-0000000001,bike-,1",
			"bike2147483647,bike,2147483647", "bike-2147483648,bike,-2147483648", "bike-1000000000,bike,-1000000000",
			"bike,bike,", "bike9999999999,bike9999999999,", "0000000010,0000000010,", "bike-123456789,bike-123456789,",
			"bike000000001,bike000000001,", "bike0000000001x,bike0000000001x," })
	void theServiceIsTheNameLessItsSequence(String node, String service, @Nullable Integer sequence) {
		assertThat(NodeName.parse(node)).isEqualTo(new NodeName(service, sequence));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bikesvc", "a", "svc1", "my.service_2", "..a", "with space", "\u00fcber" })
	void aValidNameIsReadBackFromItsNode(String name) {
		assertThat(ServiceName.requireValid(name)).isEqualTo(name);
		for (int sequence : new int[] { 0, 10, Integer.MAX_VALUE, Integer.MIN_VALUE }) {
			assertThat(NodeName.parse(name + String.format("%010d", sequence))).isEqualTo(new NodeName(name, sequence));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a/b", "/", ".", "..", "a\u0000", "a\u0007", "a\ud83d\ude00", "bike-" })
	void aNameThatCannotBeAZnodeIsRefusedWithASentence(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ServiceName.requireValid(name))
			.withMessageStartingWith("the name of a service must");
	}

	@Test
	void aNameThatIsTooLongIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ServiceName.requireValid("a".repeat(201)))
			.withMessageContaining("201");
	}

}
