package io.roster.discovery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The losses of one service that still matter. One more costs the same however many there
 * are. Used under the directory's lock.
 */
final class ServiceLosses {

	private final Map<String, Loss> byKey = new LinkedHashMap<>();

	private final Map<Endpoint, List<Loss>> byEndpoint = new HashMap<>();

	private final Map<String, List<Loss>> byRegistration = new HashMap<>();

	/** Those of the window, the oldest first, and the settled ones that hide there. */
	private final Deque<Loss> recent = new ArrayDeque<>();

	/** Those of them that are no suspects. */
	private final Deque<Loss> undoubted = new ArrayDeque<>();

	/** How many of the window are not settled. */
	private int counted;

	boolean isEmpty() {
		return this.byKey.isEmpty();
	}

	void add(Loss loss) {
		Loss sameName = this.byKey.get(loss.member().key());
		if (sameName != null) {
			remove(sameName);
		}
		this.recent.add(loss);
		this.undoubted.add(loss);
		this.counted++;
		this.byKey.put(loss.member().key(), loss);
		index(this.byEndpoint, loss.member().endpoint(), loss);
		index(this.byRegistration, loss.member().registrationId(), loss);
	}

	private static <K> void index(Map<K, List<Loss>> losses, @Nullable K key, Loss loss) {
		if (key != null) {
			losses.computeIfAbsent(key, (absent) -> new ArrayList<>(1)).add(loss);
		}
	}

	/**
	 * Takes out those that are back: under a new name with the same endpoint or by the
	 * same registration. One whose very name somebody else has now is taken out too, so
	 * that no list shows a name twice.
	 * @param arrived an instance that is there
	 * @return what was taken out
	 */
	List<Loss> strike(Member arrived) {
		List<Loss> back = new ArrayList<>();
		Loss sameName = this.byKey.get(arrived.key());
		if (sameName != null) {
			back.add(sameName);
		}
		Endpoint endpoint = arrived.endpoint();
		if (endpoint != null) {
			back.addAll(this.byEndpoint.getOrDefault(endpoint, List.of()));
		}
		if (arrived.registrationId() != null) {
			back.addAll(this.byRegistration.getOrDefault(arrived.registrationId(), List.of()));
		}
		List<Loss> distinct = back.stream().distinct().toList();
		distinct.forEach(this::remove);
		return distinct;
	}

	/**
	 * Takes out all that a condition holds for.
	 * @return what was taken out
	 */
	List<Loss> removeIf(Predicate<Loss> condition) {
		List<Loss> removed = this.byKey.values().stream().filter(condition).toList();
		removed.forEach(this::remove);
		return removed;
	}

	private void remove(Loss loss) {
		loss.settle();
		this.counted -= loss.counts() ? 1 : 0;
		this.byKey.remove(loss.member().key(), loss);
		unindex(this.byEndpoint, loss.member().endpoint(), loss);
		unindex(this.byRegistration, loss.member().registrationId(), loss);
	}

	private static <K> void unindex(Map<K, List<Loss>> losses, @Nullable K key, Loss loss) {
		if (key != null) {
			losses.computeIfPresent(key, (present, all) -> {
				all.remove(loss);
				return all.isEmpty() ? null : all;
			});
		}
	}

	/**
	 * Counts those of the window.
	 * @param nanos how long the window is; it never begins earlier than the last one did
	 * @param now the time
	 */
	int within(long nanos, long now) {
		for (Loss first = this.recent.peek(); first != null && first.age(now) > nanos; first = this.recent.peek()) {
			this.recent.remove();
			this.counted -= first.settled() ? 0 : 1;
			first.leaveWindow();
		}
		while (!this.undoubted.isEmpty() && !this.undoubted.element().counts()) {
			this.undoubted.remove();
		}
		return this.counted;
	}

	/** Takes those that are not older than a time and makes them suspects. */
	List<Loss> doubt(long nanos, long now) {
		List<Loss> suspects = this.undoubted.stream()
			.filter((each) -> !each.settled() && each.age(now) <= nanos)
			.toList();
		this.undoubted.clear();
		suspects.forEach(Loss::doubt);
		return suspects;
	}

}
