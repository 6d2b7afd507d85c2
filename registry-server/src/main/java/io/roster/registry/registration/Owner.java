package io.roster.registry.registration;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for a registration.
 *
 * @param name the principal, {@code null} where nobody is asked for credentials
 * @param operator whether what others have registered may be changed too
 */
record Owner(@Nullable String name, boolean operator) {

	boolean mayChange(@Nullable String principal) {
		return this.operator || principal == null || principal.equals(this.name);
	}

}
