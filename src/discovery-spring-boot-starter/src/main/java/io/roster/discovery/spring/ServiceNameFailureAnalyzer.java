package io.roster.discovery.spring;

import io.roster.discovery.InvalidServiceNameException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells a start that failed because no service can have the application's name.
 */
final class ServiceNameFailureAnalyzer extends AbstractFailureAnalyzer<InvalidServiceNameException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidServiceNameException cause) {
		return new FailureAnalysis("This application cannot be registered under its name: " + cause.getMessage() + ".",
				"Set spring.application.name to a name that a znode can have, such as billing or billing.v2, or set "
						+ "spring.cloud.zookeeper.discovery.register=false if nobody is to find this application.",
				cause);
	}

}
