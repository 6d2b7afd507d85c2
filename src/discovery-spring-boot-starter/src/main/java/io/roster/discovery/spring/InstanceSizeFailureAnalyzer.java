package io.roster.discovery.spring;

import io.roster.discovery.InstanceTooLargeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells a start that failed because the instance says more about itself than a znode
 * takes.
 */
final class InstanceSizeFailureAnalyzer extends AbstractFailureAnalyzer<InstanceTooLargeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InstanceTooLargeException cause) {
		return new FailureAnalysis("This application cannot be registered: " + cause.getMessage() + ".",
				"Shorten what stands below spring.cloud.zookeeper.discovery.metadata. Every consumer keeps it in memory "
						+ "for every instance: put what is large elsewhere, and its address here.",
				cause);
	}

}
