package io.roster.coordination;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;

import org.apache.curator.framework.AuthInfo;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;

/**
 * A user of the ensemble, by ZooKeeper's {@code digest} scheme. The ensemble keeps no
 * list of users: it believes any name with any password, and only the ACL of a znode
 * tells them apart. So a wrong password shows as NoAuth at the first znode, and not
 * before.
 *
 * @param username the name, without a colon
 * @param password the password; make it long and random, because the hash in the ACLs is
 * a single round, unsalted but for the name, and is sent in the clear unless the
 * connection is encrypted
 */
public record DigestCredentials(String username, String password) {

	private static final String SCHEME = "digest";

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is empty, or the name has a colon; the
	 * message never names the password
	 */
	public DigestCredentials {
		if (username.isBlank() || username.indexOf(':') >= 0) {
			throw new IllegalArgumentException(
					"The ZooKeeper user name '" + username + "' must have a character, and no colon");
		}
		if (password.isEmpty()) {
			throw new IllegalArgumentException("The ZooKeeper user '" + username + "' has no password");
		}
	}

	/**
	 * This user as ACLs name it. Hashed as this JVM's property
	 * {@code zookeeper.DigestAuthenticationProvider.digestAlg} says, SHA-1 by default,
	 * which must be that of the servers.
	 */
	Id id() {
		try {
			return new Id(SCHEME, DigestAuthenticationProvider.generateDigest(this.username + ":" + this.password));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This JVM cannot hash ZooKeeper credentials", ex);
		}
	}

	AuthInfo authInfo() {
		return new AuthInfo(SCHEME, (this.username + ":" + this.password).getBytes(StandardCharsets.UTF_8));
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "DigestCredentials[username=" + this.username + "]";
	}

}
