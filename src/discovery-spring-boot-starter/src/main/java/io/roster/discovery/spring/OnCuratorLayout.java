package io.roster.discovery.spring;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Somebody needs Curator's layout: everybody's instances are read there, or the own one
 * is registered in it.
 */
final class OnCuratorLayout extends AnyNestedCondition {

	OnCuratorLayout() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnProperty(name = { "roster.discovery.curator-layout", "roster.discovery.follow" },
			matchIfMissing = true)
	static class Read {

	}

	@ConditionalOnProperty(name = "roster.discovery.register-in", havingValue = "both")
	static class Written {

	}

}
