package io.roster.access;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ApiKeysTests {

	private static final TestKey billing = TestKey.make("billing", "client");

	private static final TestKey ann = TestKey.make("ann", "operator");

	@Test
	void aKeyIsFoundByItsHashAndNothingElseIs() {
		ApiKeys keys = ApiKeys.of(List.of(configured(billing), configured(ann)));
		assertThat(keys.find(billing.value())).contains(new Caller("billing", Role.CLIENT, null));
		assertThat(keys.find(ann.value())).contains(new Caller("ann", Role.OPERATOR, null));
		assertThat(keys.find(ann.hash())).isEmpty();
		assertThat(keys.find(ann.value() + "0")).isEmpty();
		assertThat(keys.find("rk_")).isEmpty();
	}

	@Test
	void aPrincipalMayHaveAnOldAndANewKey() {
		TestKey next = TestKey.make("billing", "client");
		ApiKeys keys = ApiKeys.of(List.of(configured(billing), configured(next)));
		assertThat(Stream.of(billing, next).map((key) -> keys.find(key.value()).orElseThrow().name()))
			.containsOnly("billing");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "admin", "OPERATOR", "" })
	void aRoleIsOneThatThereIs(@Nullable String role) {
		FailureAnalysis analysis = refused(new AccessProperties.ApiKey("ann", role, ann.hash()));
		assertThat(analysis.getDescription()).contains("roster.access.api-keys[0].role").contains("'" + orEmpty(role));
		assertThat(analysis.getAction()).contains("viewer", "client", "operator");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "abc", "rk_0123456789012345678901234567890123456789012345678901234567890",
			"zz23456789012345678901234567890123456789012345678901234567890123" })
	void aHashHasSixtyFourHexadecimalDigitsAndIsNotShown(@Nullable String hash) {
		FailureAnalysis analysis = refused(new AccessProperties.ApiKey("ann", "viewer", hash));
		assertThat(analysis.getDescription()).contains("roster.access.api-keys[0].hash", "64");
		if (hash != null && hash.length() > 3) {
			assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain(hash);
		}
	}

	@Test
	void aHashIsInLowerCase() {
		assertThat(refused(new AccessProperties.ApiKey("ann", "viewer", ann.hash().toUpperCase(Locale.ROOT)))
			.getDescription()).contains("lower case");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "anonymous", "a\nb" })
	void aPrincipalHasAName(@Nullable String name) {
		assertThat(refused(new AccessProperties.ApiKey(name, "viewer", ann.hash())).getDescription())
			.contains("roster.access.api-keys[0].principal");
	}

	@Test
	void aHashBelongsToOneEntry() {
		assertThat(refused(configured(ann), new AccessProperties.ApiKey("bob", "viewer", ann.hash())).getDescription())
			.contains("roster.access.api-keys[1].hash", "roster.access.api-keys[0]");
	}

	@Test
	void aPrincipalHasOneRole() {
		assertThat(refused(configured(ann), configured(TestKey.make("ann", "viewer"))).getDescription())
			.contains("roster.access.api-keys[1]", "'ann'", "viewer", "operator");
	}

	private static FailureAnalysis refused(AccessProperties.ApiKey... keys) {
		AccessConfigurationException refusal = catchThrowableOfType(AccessConfigurationException.class,
				() -> ApiKeys.of(List.of(keys)));
		FailureAnalysis analysis = Objects.requireNonNull(
				new AccessFailureAnalyzer().analyze(new IllegalStateException("a bean could not be made", refusal)));
		assertThat(analysis.getAction()).isNotBlank();
		return analysis;
	}

	private static AccessProperties.ApiKey configured(TestKey key) {
		return new AccessProperties.ApiKey(key.principal(), key.role(), key.hash());
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
