package io.roster.registry.console;

import java.util.function.Consumer;

import io.roster.coordination.Subscription;
import io.roster.registry.ensemble.ElectionsView;
import io.roster.registry.ensemble.EnsembleFeed;
import io.roster.registry.ensemble.EnsembleView;
import io.roster.streams.StreamEvent;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells {@code ensemble} when a member or the quorum has changed, and {@code elections}
 * with all that are known when there was one more.
 */
@Component
@RequiredArgsConstructor
class EnsembleStateFeed implements ConsoleFeed {

	private final EnsembleFeed ensemble;

	@Override
	public Subscription subscribe(@Nullable String authorization, Consumer<StreamEvent> events) {
		Subscription changes = this.ensemble.onChange((view) -> events.accept(ensemble(view)));
		Subscription elections = this.ensemble.onElection((election) -> events.accept(elections()));
		this.ensemble.ensemble().ifPresent((view) -> events.accept(ensemble(view)));
		events.accept(elections());
		return () -> {
			elections.close();
			changes.close();
		};
	}

	private static StreamEvent ensemble(EnsembleView view) {
		return new StreamEvent("ensemble", null, () -> view);
	}

	private StreamEvent elections() {
		return new StreamEvent("elections", null, () -> ElectionsView.of(this.ensemble.recentElections()));
	}

}
