package io.roster.registry.dns;

import io.roster.discovery.Directory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The DNS server, where a port is set.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("roster.dns.port")
class DnsConfiguration {

	@Bean(initMethod = "start", destroyMethod = "close")
	DnsServer dnsServer(Directory directory, DnsProperties properties) {
		return new DnsServer(new DnsAnswers(directory, properties), properties);
	}

}
