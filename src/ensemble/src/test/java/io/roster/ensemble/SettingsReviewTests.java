package io.roster.ensemble;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.roster.ensemble.MemberStatus.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsReviewTests {

	private static final Duration TEN = Duration.ofSeconds(10);

	@Test
	void realMembersTellTheirSettings() {
		try (LocalEnsemble ensemble = LocalEnsemble.start(2)) {
			EnsembleStatus status = ensemble.status();
			EnsembleSettings settings = EnsembleSettings.of(status, Duration.ofSeconds(10));
			assertThat(settings.members()).hasSize(2).allSatisfy((member) -> {
				assertThat(member.told()).isTrue();
				assertThat(member.value("tickTime")).isEqualTo("200");
				assertThat(member.value("initLimit")).isEqualTo("50");
				assertThat(member.value("syncLimit")).isEqualTo("25");
				assertThat(member.value("dataDir")).endsWith("member-" + member.id());
				assertThat(member.value("clientPort")).isEqualTo(String.valueOf(member.address().port()));
				assertThat(member.servers()).containsOnlyKeys(1, 2);
			});
			assertThat(codes(status, settings, TEN, 1)).contains("even-members")
				.doesNotContain("members-disagree", "session-timeout-out-of-range", "settings-not-told");
			assertThat(codes(status, settings, Duration.ofMinutes(3), 1)).contains("session-timeout-out-of-range");
		}
	}

	@Test
	void soundSettingsHaveNoWarning() {
		assertThat(codes(status(3), settings(3), TEN, 1)).isEmpty();
	}

	@Test
	void whatIsNotToldIsNotGuessed() {
		EnsembleSettings silent = new EnsembleSettings(
				List.of(new MemberSettings(1, address(1), false, Map.of(), Map.of())));
		assertThat(codes(status(1), silent, TEN, null)).containsExactlyInAnyOrder("single-member", "autopurge-not-told",
				"settings-not-told");
	}

	@Test
	void whatFillsTheDiskIsWarnedOf() {
		assertThat(codes(status(3), settings(3), TEN, 0)).containsExactly("no-autopurge");
	}

	@Test
	void membersThatDifferAreNamed() {
		MemberSettings first = settings(3).members().get(0);
		Map<String, String> values = new TreeMap<>(first.values());
		values.put("tickTime", "3000");
		EnsembleSettings settings = new EnsembleSettings(List.of(settings(3).members().get(1),
				new MemberSettings(1, first.address(), true, values, first.servers())));
		List<SettingsWarning> warnings = SettingsReview.of(status(3), settings, TEN, 1);
		assertThat(warnings).hasSize(1);
		assertThat(warnings.get(0).code()).isEqualTo("members-disagree");
		assertThat(warnings.get(0).fact()).contains("tickTime").contains("3000 at 127.0.0.1:2181");
	}

	@ParameterizedTest
	@CsvSource({ "/tmp/ZK, true", "/tmp, true", "/var/tmp/1, true", "/private/tmp/1, true", "/dev/shm/z, true",
			"C:\\Windows\\Temp\\zk, true", "/data, false", "/tmpfiles, false", "/home/zk/tmp, false" })
	void foldersThatSystemsEmptyAreKnown(String folder, boolean temporary) {
		assertThat(SettingsReview.isTemporary(folder)).isEqualTo(temporary);
	}

	private static List<String> codes(EnsembleStatus status, EnsembleSettings settings, Duration timeout,
			@Nullable Integer purge) {
		return SettingsReview.of(status, settings, timeout, purge).stream().map(SettingsWarning::code).toList();
	}

	private static EnsembleStatus status(int members) {
		return new EnsembleStatus(true, members,
				List.of(new MemberStatus(1, address(1), Role.LEADER, 1L, 1L, "3.9.5", 0, 0.1, null)));
	}

	private static EnsembleSettings settings(int members) {
		Map<Integer, String> servers = Map.of(1, "a:2888:3888:participant");
		return new EnsembleSettings(IntStream.rangeClosed(1, members)
			.mapToObj((id) -> new MemberSettings(id, address(id), true,
					Map.of("tickTime", "2000", "initLimit", "10", "syncLimit", "5", "dataDir", "/data",
							"minSessionTimeout", "4000", "maxSessionTimeout", "40000"),
					servers))
			.toList());
	}

	private static MemberAddress address(int id) {
		return new MemberAddress(MemberAddress.LOOPBACK, 2180 + id);
	}

}
