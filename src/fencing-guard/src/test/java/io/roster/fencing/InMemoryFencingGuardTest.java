package io.roster.fencing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The guard for tests, and tokens as text. */
class InMemoryFencingGuardTest {

	private final InMemoryFencingGuard guard = new InMemoryFencingGuard();

	@Test
	void refusesASmallerToken() {
		assertThat(this.guard.<String>write("a", 7, () -> "first")).isEqualTo("first");
		assertThat(this.guard.<String>write("a", 7, () -> "again")).isEqualTo("again");
		assertThatExceptionOfType(StaleTokenException.class)
			.isThrownBy(() -> this.guard.<String>write("a", 6, () -> "late"));
		assertThat(this.guard.lastToken("a")).hasValue(7);
		assertThat(this.guard.lastToken("b")).isEmpty();
	}

	@Test
	void aWriteThatFailedDoesNotCount() {
		assertThatIllegalStateException().isThrownBy(() -> this.guard.<String>write("a", 7, () -> {
			throw new IllegalStateException("disk full");
		}));
		assertThat(this.guard.<String>write("a", 6, () -> "earlier")).isEqualTo("earlier");
	}

	@Test
	void readsTokensAsText() {
		assertThat(FencingTokens.parse("4294967311")).isEqualTo(4_294_967_311L);
		assertThat(FencingTokens.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "+1", " 1", "1e3", "9223372036854775808", "\u0661" })
	void refusesTextThatIsNoToken(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> FencingTokens.parse(text)).withMessageContaining(text);
	}

}
