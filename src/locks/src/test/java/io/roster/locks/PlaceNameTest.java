package io.roster.locks;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.apache.curator.framework.recipes.locks.StandardLockInternalsDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceNameTest {

	private static final String ID = "123e4567-e89b-42d3-a456-426614174000";

	@Test
	void theNameOfALeaseHasItsIdAndItsNumber() {
		PlaceName name = parse("_c_" + ID + "-lock-0000000042");
		assertThat(name.lease()).isEqualTo(UUID.fromString(ID));
		assertThat(name.sequence()).isEqualTo(42);
		assertThat(name.kind()).isEqualTo(LockKind.MUTEX);
		assertThat(name.shared()).isFalse();
	}

	@Test
	void thePrefixOfALeaseIsReadBack() {
		UUID id = UUID.randomUUID();
		assertThat(parse(PlaceName.prefix(id, LockKind.MUTEX, Mode.EXCLUSIVE) + "0000000001").lease()).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lock-0000000001", "_c_0123456789abcdef0123456789abcdef-lock-0000000001",
			"0123456789abcdef__lock__0000000001", "_c_" + ID + "-lease-0000000001", "x_c_" + ID + "-lock-0000000001" })
	void othersHaveAPlaceAndNoLease(String text) {
		PlaceName name = parse(text);
		assertThat(name.sequence()).isOne();
		assertThat(name.lease()).isNull();
		assertThat(name.kind()).isEqualTo(LockKind.MUTEX);
	}

	@Test
	void theSidesOfAReadWriteLockAreOfAnotherKind() {
		PlaceName write = parse("_c_" + ID + "-__WRIT__0000000001");
		PlaceName read = parse("_c_" + ID + "-__READ__0000000002");
		assertThat(write.kind()).isEqualTo(LockKind.READ_WRITE);
		assertThat(write.shared()).isFalse();
		assertThat(write.lease()).isEqualTo(UUID.fromString(ID));
		UUID id = UUID.randomUUID();
		assertThat(PlaceName.prefix(id, LockKind.READ_WRITE, Mode.SHARED)).isEqualTo("_c_" + id + "-__READ__");
		assertThat(PlaceName.prefix(id, LockKind.READ_WRITE, Mode.EXCLUSIVE)).isEqualTo("_c_" + id + "-__WRIT__");
		assertThat(read.kind()).isEqualTo(LockKind.READ_WRITE);
		assertThat(read.shared()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "lock", "lock-1", "lock-000000001", "_c_" + ID + "-lock-" })
	void aNameWithoutANumberHasNoPlace(String text) {
		assertThat(PlaceName.parse(text)).isNull();
	}

	@Test
	void theOrderIsCurators() {
		String[] names = { "_c_ffffffff-e89b-42d3-a456-426614174000-lock-0000000003",
				"_c_00000000-e89b-42d3-a456-426614174000-lock-0000000007", "lock-0000000005",
				"_c_0123456789abcdef0123456789abcdef-lock-0000000004", "_c_" + ID + "-lock-0000000006" };
		List<String> ours = Arrays.stream(names).map(PlaceNameTest::parse).sorted().map(PlaceName::text).toList();
		List<String> curators = Arrays.stream(names)
			.sorted((one, two) -> StandardLockInternalsDriver.standardFixForSorting(one, "lock-")
				.compareTo(StandardLockInternalsDriver.standardFixForSorting(two, "lock-")))
			.toList();
		assertThat(ours).isEqualTo(curators);
	}

	private static PlaceName parse(String text) {
		return Objects.requireNonNull(PlaceName.parse(text));
	}

}
