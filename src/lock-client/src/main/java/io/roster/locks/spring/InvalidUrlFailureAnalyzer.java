package io.roster.locks.spring;

import io.roster.locks.client.InvalidUrlException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property to correct when the lock service's URL is none.
 */
final class InvalidUrlFailureAnalyzer extends AbstractFailureAnalyzer<InvalidUrlException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidUrlException cause) {
		return new FailureAnalysis("The lock client cannot ask '" + cause.url() + "': " + cause.getMessage() + ".",
				"Correct roster.locks.client.urls, a list such as http://lock-1:8770,http://lock-2:8770, or switch the "
						+ "lock client off with roster.locks.client.enabled=false.",
				cause);
	}

}
