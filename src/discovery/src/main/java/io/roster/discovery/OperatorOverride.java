package io.roster.discovery;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What somebody else, an operator, has said about an instance by writing into its node:
 * it stands above what the application says of itself, until the operator takes it back.
 *
 * @param status the operator's status, {@code null} where there is none; never UP, which
 * takes it back
 * @param metadata the entries that the operator has set, or removed
 */
record OperatorOverride(@Nullable InstanceStatus status, Map<String, Optional<String>> metadata) {

	static final OperatorOverride NONE = new OperatorOverride(null, Map.of());

	/**
	 * What is to stand in the node. An application that leaves is DRAINING whatever the
	 * operator says.
	 */
	InstanceData over(InstanceData own) {
		InstanceData result = own;
		if (this.status != null && own.status() != InstanceStatus.DRAINING) {
			result = result.withStatus(this.status);
		}
		if (!this.metadata.isEmpty()) {
			Map<String, String> merged = new LinkedHashMap<>(own.metadata());
			this.metadata.forEach(
					(key, value) -> value.ifPresentOrElse((text) -> merged.put(key, text), () -> merged.remove(key)));
			result = result.withMetadata(merged);
		}
		return result;
	}

	/**
	 * Takes in what somebody else has written. What he left as it was says nothing; but a
	 * write that changes nothing at all confirms the status.
	 * @param stood what he changed
	 * @param shown what he made of it
	 * @param own what the application says
	 * @return the override from now on
	 */
	OperatorOverride after(InstanceData stood, InstanceData shown, InstanceData own) {
		boolean aboutStatus = shown.status() != stood.status() || shown.metadata().equals(stood.metadata());
		InstanceStatus said = (shown.status() != InstanceStatus.UP) ? shown.status() : null;
		return new OperatorOverride(aboutStatus ? said : this.status, metadataAfter(stood, shown, own));
	}

	private Map<String, Optional<String>> metadataAfter(InstanceData stood, InstanceData shown, InstanceData own) {
		Map<String, Optional<String>> result = new LinkedHashMap<>(this.metadata);
		Set<String> keys = new HashSet<>(stood.metadata().keySet());
		keys.addAll(shown.metadata().keySet());
		for (String key : keys) {
			Optional<String> said = Optional.ofNullable(shown.metadata().get(key));
			if (!said.equals(Optional.ofNullable(stood.metadata().get(key)))) {
				result.put(key, said);
			}
		}
		result.entrySet()
			.removeIf((entry) -> entry.getValue().equals(Optional.ofNullable(own.metadata().get(entry.getKey()))));
		return Map.copyOf(result);
	}

	OperatorOverride withoutMetadata() {
		return new OperatorOverride(this.status, Map.of());
	}

}
