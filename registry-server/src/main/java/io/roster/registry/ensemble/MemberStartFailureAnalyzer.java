package io.roster.registry.ensemble;

import io.roster.ensemble.MemberStartException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in one sentence why the embedded member did not start, and what to do.
 */
class MemberStartFailureAnalyzer extends AbstractFailureAnalyzer<MemberStartException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, MemberStartException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
	}

}
