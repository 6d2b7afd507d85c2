package io.roster.registry.ensemble;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.roster.coordination.Coordination;
import io.roster.coordination.Subscription;
import io.roster.ensemble.EnsembleStatus;
import jakarta.annotation.PreDestroy;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * What happens to the ensemble, for those in this process who pass it on: looks at all
 * members again and again, tells when something about them has changed, and tells of
 * elections. Listeners are called one at a time and must not block.
 */
@Slf4j
@Component
public class EnsembleFeed {

	private final EnsembleSurveyor surveyor;

	private final ElectionRecords records;

	private final List<Consumer<EnsembleView>> viewListeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<ElectionView>> electionListeners = new CopyOnWriteArrayList<>();

	private final List<Subscription> subscriptions;

	/** An own thread, because asking members that do not answer takes seconds. */
	private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread created = new Thread(task, "ensemble-survey");
		created.setDaemon(true);
		return created;
	});

	private final ScheduledFuture<?> surveys;

	private @Nullable List<Object> told;

	private boolean failing;

	EnsembleFeed(EnsembleSurveyor surveyor, Coordination coordination, JsonMapper json, EnsembleProperties properties) {
		this.surveyor = surveyor;
		this.records = new ElectionRecords(coordination, json, properties.elections(),
				(election) -> tell(this.electionListeners, election));
		this.subscriptions = List.of(surveyor.onStatus(this::compare),
				surveyor.onElection((election) -> this.records.add(ElectionView.of(election))));
		this.surveys = this.thread.scheduleWithFixedDelay(this::survey, 0, properties.surveyInterval().toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * The ensemble as it was at the last survey. Asks nobody.
	 * @return its view, empty before the first survey
	 */
	public Optional<EnsembleView> ensemble() {
		return Optional.ofNullable(this.surveyor.known()).map(EnsembleView::of);
	}

	/**
	 * The elections that are known, all replicas' alike. Asks nobody.
	 * @return the latest first, a bounded number
	 */
	public List<ElectionView> recentElections() {
		return this.records.all();
	}

	/**
	 * Follows the ensemble: the quorum, and each member's role, epoch, address and
	 * version. Its zxid, connections and latency change all the time; they are as new as
	 * the last survey, and alone are no reason to tell.
	 * @param listener told after a change, on a thread that it must not block
	 * @return ends it
	 */
	public Subscription onChange(Consumer<EnsembleView> listener) {
		this.viewListeners.add(listener);
		return () -> this.viewListeners.remove(listener);
	}

	/**
	 * Follows elections, whichever replica has noticed them.
	 * @param listener told of elections from now on, on a thread that it must not block
	 * @return ends it
	 */
	public Subscription onElection(Consumer<ElectionView> listener) {
		this.electionListeners.add(listener);
		return () -> this.electionListeners.remove(listener);
	}

	private void compare(EnsembleStatus status) {
		List<Object> essence = List.of(status.quorum(),
				status.members()
					.stream()
					.map((member) -> Objects.hash(member.id(), member.address(), member.role(), member.epoch(),
							member.version()))
					.toList());
		if (!essence.equals(this.told)) {
			this.told = essence;
			tell(this.viewListeners, EnsembleView.of(status));
		}
	}

	private static <T> void tell(List<Consumer<T>> listeners, T event) {
		for (Consumer<T> listener : listeners) {
			try {
				listener.accept(event);
			}
			catch (RuntimeException ex) {
				log.error("what happened to the ensemble could not be passed on", ex);
			}
		}
	}

	private void survey() {
		try {
			this.surveyor.status();
			this.records.write();
			this.failing = false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			if (!this.failing) {
				log.warn("the ensemble could not be surveyed, or an election not be recorded; trying on", ex);
			}
			this.failing = true;
		}
	}

	@PreDestroy
	void close() {
		this.surveys.cancel(true);
		this.thread.shutdownNow();
		this.subscriptions.forEach(Subscription::close);
		this.records.close();
	}

}
