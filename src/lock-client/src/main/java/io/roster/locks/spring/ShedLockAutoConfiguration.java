package io.roster.locks.spring;

import io.roster.locks.client.LockClient;
import io.roster.locks.shedlock.RosterLockProvider;
import net.javacrumbs.shedlock.core.LockProvider;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for ShedLock's {@link LockProvider} over
 * the lock service, where the application has none.
 */
@AutoConfiguration(after = LockClientAutoConfiguration.class)
@ConditionalOnClass(LockProvider.class)
@ConditionalOnBean(LockClient.class)
@ConditionalOnBooleanProperty(name = "roster.locks.shedlock.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ShedLockProperties.class)
public final class ShedLockAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LockProvider.class)
	RosterLockProvider lockProvider(LockClient client) {
		return new RosterLockProvider(client);
	}

}
