package io.roster.registry.console;

import io.roster.access.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, and what he may do.
 *
 * @param principal the name
 * @param role the role: viewer, client or operator; {@code null} for a token without one
 * @param credentials whether this server asks for credentials
 */
@Schema(example = """
		{"principal":"ann","role":"operator","credentials":true}""")
record CallerView(String principal, @Nullable String role, boolean credentials) {

	static CallerView of(Caller caller) {
		return new CallerView(caller.name(), (caller.role() != null) ? caller.role().text() : null,
				!caller.name().equals(Caller.ANONYMOUS));
	}

}
