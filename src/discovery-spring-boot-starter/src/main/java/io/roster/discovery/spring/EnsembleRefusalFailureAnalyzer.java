package io.roster.discovery.spring;

import java.util.Map;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells a start that failed because the ensemble does not let this application in.
 */
final class EnsembleRefusalFailureAnalyzer extends AbstractFailureAnalyzer<KeeperException> {

	private static final Map<Code, String> REFUSALS = Map.of(Code.AUTHFAILED,
			"The ZooKeeper ensemble refused the credentials of this application", Code.SESSIONCLOSEDREQUIRESASLAUTH,
			"The ZooKeeper ensemble takes no session without SASL authentication, and this application offered none",
			Code.NOAUTH, "The ZooKeeper ensemble does not allow this application to use %s");

	private static final Map<Code, String> ACTIONS = Map.of(Code.AUTHFAILED,
			"Correct the credentials: the JAAS login context 'Client' that java.security.auth.login.config names, or "
					+ "those that a CuratorFrameworkCustomizer of the application adds with authorization(..).",
			Code.SESSIONCLOSEDREQUIRESASLAUTH,
			"Name a JAAS configuration with a login context 'Client' by -Djava.security.auth.login.config, or stop the "
					+ "members from enforcing it (enforce.auth.enabled).",
			Code.NOAUTH, "Let an operator grant this application's user access there (setAcl), or use another znode: "
					+ "roster.discovery.root, spring.cloud.zookeeper.config.root.");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, KeeperException cause) {
		String refusal = REFUSALS.get(cause.code());
		if (refusal == null) {
			return null;
		}
		String path = (cause.getPath() != null) ? cause.getPath() : "a znode";
		return new FailureAnalysis(refusal.formatted(path) + " (" + cause.code() + ").", ACTIONS.get(cause.code()),
				cause);
	}

}
