package io.roster.discovery;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorOverrideTest {

	private static final InstanceData UP = InstanceData.at("127.0.0.1", 8790).withMetadata(Map.of("zone", "a"));

	private static final InstanceData OUT = UP.withStatus(InstanceStatus.OUT_OF_SERVICE);

	private static final InstanceData DRAINING = UP.withStatus(InstanceStatus.DRAINING);

	@Test
	void aStatusStandsAboveTheOwnOneUntilUpIsSet() {
		OperatorOverride out = OperatorOverride.NONE.after(UP, OUT, UP);
		assertThat(out.over(UP)).isEqualTo(OUT);
		assertThat(out.after(OUT, UP, UP)).isEqualTo(OperatorOverride.NONE);
		assertThat(out.after(OUT, DRAINING, UP).over(UP)).isEqualTo(DRAINING);
	}

	@Test
	void theOwnDrainingStandsAboveAll() {
		assertThat(OperatorOverride.NONE.after(UP, OUT, UP).over(DRAINING)).isEqualTo(DRAINING);
	}

	@Test
	void anOperatorCannotRaiseAnInstanceThatTakesItselfOut() {
		assertThat(OperatorOverride.NONE.after(OUT, UP, OUT).over(OUT)).isEqualTo(OUT);
	}

	@Test
	void metadataThatHeSetOrRemovedStaysSo() {
		InstanceData said = UP.withMetadata(Map.of("weight", "0"));
		OperatorOverride override = OperatorOverride.NONE.after(UP, said, UP);
		assertThat(override.over(UP)).isEqualTo(said);
		assertThat(override.over(UP.withMetadata(Map.of("zone", "b", "weight", "5", "rack", "1"))).metadata())
			.isEqualTo(Map.of("weight", "0", "rack", "1"));
		assertThat(override.after(said, UP, UP)).isEqualTo(OperatorOverride.NONE);
	}

	@Test
	void metadataAloneSaysNothingAboutTheStatus() {
		InstanceData weightless = OUT.withMetadata(Map.of("zone", "a", "weight", "0"));
		OperatorOverride override = OperatorOverride.NONE.after(OUT, weightless, OUT);
		assertThat(override.over(UP).status()).isEqualTo(InstanceStatus.UP);
		assertThat(override.metadata()).isEqualTo(Map.of("weight", Optional.of("0")));
	}

	@Test
	void aWriteThatChangesNothingConfirmsTheStatus() {
		assertThat(OperatorOverride.NONE.after(OUT, OUT, OUT).over(UP)).isEqualTo(OUT);
	}

}
