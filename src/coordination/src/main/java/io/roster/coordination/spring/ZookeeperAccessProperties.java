package io.roster.coordination.spring;

import java.util.ArrayList;
import java.util.List;

import io.roster.coordination.DigestCredentials;
import io.roster.coordination.ZnodeAccess;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Who this process is to the ensemble, and who may use the znodes that it creates.
 *
 * @param username the user that this process authenticates as, by ZooKeeper's digest
 * scheme; without one the ensemble is open to everybody
 * @param password the password of the user; never logged, and masked in the endpoints of
 * the actuator
 * @param additional further users that this process is too, while a user or a password is
 * replaced by another: what it creates belongs to all of them
 * @param clients the users of applications and foreign clients. Only for Roster's own
 * services, which authenticate as them too
 * @param acl further entries for each znode that this process creates, such as
 * {@code digest:backup:7mX2n4w9=:r}, or {@code world:anyone:cdrwa} while an open
 * installation is being closed
 */
@ConfigurationProperties("roster.zookeeper")
public record ZookeeperAccessProperties(@Nullable String username, @Nullable String password,
		@DefaultValue List<User> additional, @DefaultValue List<User> clients, @DefaultValue List<String> acl) {

	private static final String PREFIX = "roster.zookeeper.";

	/**
	 * The access as the connection takes it.
	 * @return who this process is; open where there is no user name
	 * @throws InvalidConfigurationPropertyValueException if a part is missing or cannot
	 * be read
	 */
	public ZnodeAccess toAccess() {
		if (!StringUtils.hasText(this.username)) {
			requireNothingElse();
			return ZnodeAccess.open();
		}
		List<DigestCredentials> own = new ArrayList<>();
		own.add(credentials("password", this.username, this.password));
		own.addAll(users("additional", this.additional));
		return new ZnodeAccess(own, users("clients", this.clients), this.acl.stream().map(this::entry).toList());
	}

	/** A password whose user name is lost must not leave all znodes open. */
	private void requireNothingElse() {
		if (StringUtils.hasText(this.password) || !this.additional.isEmpty() || !this.clients.isEmpty()
				|| !this.acl.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "username", this.username,
					"It is empty, and other properties of " + PREFIX + "* are set. Set it, or none of them.");
		}
	}

	private static List<DigestCredentials> users(String name, List<User> users) {
		List<DigestCredentials> credentials = new ArrayList<>();
		for (int i = 0; i < users.size(); i++) {
			User user = users.get(i);
			credentials.add(credentials(name + "[" + i + "].password", user.username(), user.password()));
		}
		return credentials;
	}

	private static DigestCredentials credentials(String property, @Nullable String username,
			@Nullable String password) {
		try {
			return new DigestCredentials((username != null) ? username : "", (password != null) ? password : "");
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + property, "******", ex.getMessage() + ".",
					ex);
		}
	}

	private ACL entry(String text) {
		try {
			return ZnodeAccess.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "acl", text, ex.getMessage() + ".", ex);
		}
	}

	/** Without passwords. */
	@Override
	public String toString() {
		return "ZookeeperAccessProperties[username=" + this.username + ", additional=" + this.additional + ", clients="
				+ this.clients + "]";
	}

	/**
	 * A user of the ensemble.
	 *
	 * @param username the name
	 * @param password the password
	 */
	public record User(@Nullable String username, @Nullable String password) {

		/** Without the password. */
		@Override
		public String toString() {
			return "User[username=" + this.username + "]";
		}

	}

}
