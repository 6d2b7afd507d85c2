package io.roster.acceptance.console;

import java.net.URI;
import java.util.List;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator does and sees of the locks, for {@link ConsoleIT} to run against its
 * demo.
 */
interface LockScenes {

	/** Opens the console at an address in a window of its own. */
	ConsolePage open(String address);

	DemoLocks locks();

	@Test
	default void aQueueMovesWithoutAReload() {
		URI first = locks().queue("moving", "ann");
		URI second = locks().queue("moving", "ben");
		URI third = locks().queue("moving", "cleo");
		try (ConsolePage console = open("locks/moving")) {
			console.mark();
			assertThat(console.holders()).containsText("ann");
			assertThat(console.waiters()).containsText(new String[] { "ben", "cleo" });
			locks().release(first);
			assertThat(console.holders()).containsText("ben");
			assertThat(console.waiters()).containsText(new String[] { "cleo" });
			locks().release(third);
			assertThat(console.text("Nobody waits.")).isVisible();
			locks().release(second);
			assertThat(console.text("Nobody holds moving or waits for it.")).isVisible();
			assertThat(console.isMarked()).isTrue();
		}
	}

	@Test
	default void aWaiterIsCancelledAndAHolderRemovedEachWithAReason() {
		URI holder = locks().queue("stuck", "ann");
		URI waiter = locks().queue("stuck", "ben");
		URI next = locks().queue("stuck", "cleo");
		try (ConsolePage console = open("locks?q=stu")) {
			console.page()
				.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("stuck").setExact(true))
				.click();
			console.press(console.waiters().first(), "Cancel wait");
			assertThat(console.dialog()).containsText("Cancel the wait of ben for stuck?");
			console.dialog().getByLabel("Reason").fill("deployed twice");
			console.agree("Cancel wait");
			assertThat(console.waiters()).containsText(new String[] { "cleo" });
			assertThat(locks().find(waiter).status()).isEqualTo(410);

			console.press(console.holders(), "Remove");
			assertThat(console.dialog()).containsText("The lock passes to the next one at once.");
			console.dialog().getByLabel("Reason").fill("its host has gone");
			console.agree("Remove");
			assertThat(console.holders()).containsText("cleo");
			assertThat(locks().find(holder).status()).isEqualTo(410);
			assertThat(locks().trail("stuck")).contains("deployed twice", "its host has gone");
		}
		locks().release(next);
	}

	@Test
	default void aDeadlockIsDrawnAndResolvedByRevoking() {
		URI one = locks().queue("dead-1", "ann");
		URI other = locks().queue("dead-2", "ben");
		URI waits = locks().queue("dead-2", "ann");
		URI alsoWaits = locks().queue("dead-1", "ben");
		try (ConsolePage console = open("overview")) {
			console.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Deadlock:")).click();
			assertThat(
					console.page().getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Who waits for whom")))
				.isVisible();
			console.page()
				.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("ann waits for dead-2 behind ben"))
				.click();
			assertThat(console.holders()).containsText("ben");
			console.press(console.holders(), "Revoke");
			assertThat(console.dialog()).containsText("Revoke dead-2 from ben?");
			console.dialog().getByLabel("Reason").fill("waits in a circle");
			console.agree("Revoke");
			assertThat(console.holders()).containsText("revoked: waits in a circle");
			assertThat(locks().trail("dead-2")).contains("waits in a circle");
			// as a holder does that is refused when it renews
			locks().release(other);
			assertThat(console.holders()).containsText("ann");
			assertThat(
					console.page().getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Who waits for whom")))
				.hasCount(0);
		}
		List.of(one, waits, alsoWaits).forEach(locks()::release);
	}

}
