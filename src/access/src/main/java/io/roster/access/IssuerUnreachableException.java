package io.roster.access;

import org.springframework.security.core.AuthenticationException;

/**
 * Whether a token is valid cannot be told, because its issuer's keys cannot be had.
 */
final class IssuerUnreachableException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	IssuerUnreachableException(Throwable cause) {
		super("the keys of the issuer of tokens cannot be had", cause);
	}

}
