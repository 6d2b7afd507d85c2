package io.roster.locks;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComponentsTest {

	@Test
	void nodesThatReachEachOtherAreTogether() {
		int[][] edges = { { 1 }, { 2, 3 }, { 0 }, { 4 }, { 3 }, { 5, 0 }, {} };
		assertThat(Components.of(edges).stream().map((nodes) -> Arrays.stream(nodes).sorted().boxed().toList()))
			.containsExactlyInAnyOrder(java.util.List.of(0, 1, 2), java.util.List.of(3, 4));
	}

	@Test
	void aPathMayBeLongerThanAStackIsDeep() {
		int length = 200_000;
		int[][] ring = IntStream.range(0, length)
			.mapToObj((node) -> new int[] { (node + 1) % length })
			.toArray(int[][]::new);
		assertThat(Components.of(ring)).singleElement().satisfies((nodes) -> assertThat(nodes).hasSize(length));
	}

}
