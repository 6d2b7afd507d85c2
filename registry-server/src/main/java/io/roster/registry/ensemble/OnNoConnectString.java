package io.roster.registry.ensemble;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches where nobody has said which ensemble to use. Spring Cloud ZooKeeper's own
 * default, localhost:2181, is not asked: whatever runs there was not chosen.
 */
class OnNoConnectString implements Condition {

	static final String PROPERTY = "spring.cloud.zookeeper.connect-string";

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return !StringUtils.hasText(context.getEnvironment().getProperty(PROPERTY));
	}

}
