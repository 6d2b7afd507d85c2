package io.roster.registry.ensemble;

import io.roster.ensemble.EmbeddedMember;
import io.roster.ensemble.MemberConfig;
import lombok.extern.slf4j.Slf4j;
import org.apache.curator.ensemble.EnsembleProvider;
import org.apache.curator.ensemble.fixed.FixedEnsembleProvider;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * A member in this process, and the connection to it. It is closed after the client,
 * which depends on it.
 */
@Slf4j
@Configuration(proxyBeanMethods = false)
@Conditional(OnNoConnectString.class)
class EmbeddedConfiguration {

	@Bean(initMethod = "start", destroyMethod = "close")
	EmbeddedMember embeddedMember(EmbeddedProperties properties) {
		log.info("no {} is given: starting an embedded member, which is for development", OnNoConnectString.PROPERTY);
		return new EmbeddedMember(MemberConfig.standalone(properties.dataDir(), properties.clientPort()));
	}

	@Bean
	EnsembleProvider embeddedEnsemble(EmbeddedMember member) {
		return new FixedEnsembleProvider(member.config().reachableClient().toString());
	}

}
