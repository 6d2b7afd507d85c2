package io.roster.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a caller may do. Each role includes those before it, also for
 * {@code HttpServletRequest.isUserInRole}, which takes the {@link #text() text}.
 */
public enum Role {

	/** Looks, and changes nothing. */
	VIEWER,

	/** Takes leases and registers instances, and changes its own ones. */
	CLIENT,

	/** Changes what others have made. */
	OPERATOR;

	/** What Spring Security puts before a role to make an authority of it. */
	private static final String AUTHORITY_PREFIX = "ROLE_";

	/**
	 * The role as it is written in configurations and tokens.
	 * @return the name in lower case
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether whoever has this role may do what another role may.
	 * @param other the role that is needed
	 * @return whether this is enough
	 */
	public boolean includes(Role other) {
		return compareTo(other) >= 0;
	}

	/**
	 * Finds a role by its text.
	 * @param text a word, in lower case
	 * @return the role; empty if there is no such role
	 */
	static Optional<Role> find(String text) {
		return Arrays.stream(values()).filter((role) -> role.text().equals(text)).findFirst();
	}

	List<GrantedAuthority> authorities() {
		return Arrays.stream(values())
			.filter(this::includes)
			.<GrantedAuthority>map((role) -> new SimpleGrantedAuthority(AUTHORITY_PREFIX + role.text()))
			.toList();
	}

}
