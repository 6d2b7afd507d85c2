package io.roster.coordination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/**
 * Who this process is to the ensemble, and who may do what with the znodes that it
 * creates. ZooKeeper's ACLs are not inherited: each creator chooses them, znode by znode.
 * <p>
 * There are two kinds of users. Roster's services are one, and may do everything;
 * applications and foreign clients are the other. A service is authenticated as both, so
 * that it can read and change what an application has created for its own user alone.
 *
 * @param own who this process is; none leaves everything open to everybody. More than one
 * while a password is replaced: what is created belongs to all of them
 * @param clients the users of applications, in one of Roster's services; else none
 * @param others entries that every created znode gets besides, for a backup or a monitor
 * @see <a href=
 * "https://zookeeper.apache.org/doc/r3.9.5/zookeeperProgrammers.html#sc_ZooKeeperAccessControl">ZooKeeper's
 * programmer's guide on access control</a>
 */
public record ZnodeAccess(List<DigestCredentials> own, List<DigestCredentials> clients, List<ACL> others) {

	private static final ZnodeAccess OPEN = new ZnodeAccess(List.of(), List.of(), List.of());

	/**
	 * Copies the lists.
	 * @throws IllegalArgumentException if there are clients, or other entries, and nobody
	 * whose own the znodes are
	 */
	public ZnodeAccess {
		own = List.copyOf(own);
		clients = List.copyOf(clients);
		others = List.copyOf(others);
		if (own.isEmpty() && !(clients.isEmpty() && others.isEmpty())) {
			throw new IllegalArgumentException(
					"Access to znodes cannot be granted by a process that has no ZooKeeper user of its own");
		}
	}

	/**
	 * Nobody is authenticated, and everybody may do everything.
	 * @return the access of an ensemble without credentials
	 */
	public static ZnodeAccess open() {
		return OPEN;
	}

	/**
	 * That of an application.
	 * @param credentials the user of applications
	 * @return what it creates is open to that user alone
	 */
	public static ZnodeAccess as(DigestCredentials credentials) {
		return new ZnodeAccess(List.of(credentials), List.of(), List.of());
	}

	/**
	 * Whether strangers are kept out.
	 * @return {@code false} where there are no credentials
	 */
	public boolean closed() {
		return !this.own.isEmpty();
	}

	/**
	 * The ACL of a znode that this process creates.
	 * @param grant what applications may do with it
	 * @return an ACL for a create, never empty
	 */
	public List<ACL> acl(ZnodeGrant grant) {
		if (!closed()) {
			return Ids.OPEN_ACL_UNSAFE;
		}
		List<ACL> acl = new ArrayList<>();
		this.own.forEach((each) -> acl.add(new ACL(Perms.ALL, each.id())));
		int perms = switch (grant) {
			case PRIVATE -> 0;
			case READABLE -> Perms.READ;
			case SHARED -> Perms.ALL & ~Perms.ADMIN;
		};
		if (perms != 0) {
			this.clients.forEach((each) -> acl.add(new ACL(perms, each.id())));
		}
		acl.addAll(this.others);
		// Not List.copyOf: ZooKeeper's client asks whether the list contains null.
		return Collections.unmodifiableList(acl);
	}

	/**
	 * What to tell a person when the ensemble answers NoAuth.
	 * @param path the znode
	 * @return a sentence without a full stop
	 */
	public String refusalOf(String path) {
		String who = closed() ? "its ZooKeeper user " + String.join(", ", names()) + ", or with this password"
				: "a client without credentials";
		return "The ensemble refuses " + path + " to this process (NoAuth): the znode's ACL does not allow it to " + who
				+ ". Check the user name and the password, or let an operator of the ensemble correct the ACL";
	}

	private List<String> names() {
		return this.own.stream().map((each) -> "'" + each.username() + "'").toList();
	}

	/**
	 * Lets a client authenticate, each time that it begins a connection, and create with
	 * these ACLs what its recipes create. Without credentials it does nothing.
	 * @param builder a client that has not been built
	 */
	public void applyTo(CuratorFrameworkFactory.Builder builder) {
		if (!closed()) {
			return;
		}
		List<DigestCredentials> users = new ArrayList<>(this.own);
		users.addAll(this.clients);
		// A service creates by the client what it shares with applications, if anything:
		// all else says its grant.
		List<ACL> acl = acl(ZnodeGrant.SHARED);
		builder.authorization(users.stream().map(DigestCredentials::authInfo).toList());
		builder.aclProvider(new ACLProvider() {

			@Override
			public List<ACL> getDefaultAcl() {
				return acl;
			}

			@Override
			public List<ACL> getAclForPath(String path) {
				return acl;
			}

		});
	}

	/**
	 * Reads an entry of an ACL in the form of ZooKeeper's command line, such as
	 * {@code digest:backup:7mX2n4…=:r}.
	 * @param text scheme, id and permissions (letters of {@code cdrwa}), with colons
	 * between them
	 * @return the entry
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public static ACL parse(String text) {
		int scheme = text.indexOf(':');
		int perms = text.lastIndexOf(':');
		if (scheme <= 0 || perms - scheme < 2 || perms == text.length() - 1) {
			throw notAnEntry(text);
		}
		int bits = 0;
		for (char letter : text.substring(perms + 1).toCharArray()) {
			bits |= switch (letter) {
				case 'c' -> Perms.CREATE;
				case 'd' -> Perms.DELETE;
				case 'r' -> Perms.READ;
				case 'w' -> Perms.WRITE;
				case 'a' -> Perms.ADMIN;
				default -> throw notAnEntry(text);
			};
		}
		return new ACL(bits, new Id(text.substring(0, scheme), text.substring(scheme + 1, perms)));
	}

	private static IllegalArgumentException notAnEntry(String text) {
		return new IllegalArgumentException("'" + text
				+ "' is no ACL entry: it must be scheme:id:permissions, such as digest:backup:7mX2n4w9=:r or world:anyone:cdrwa");
	}

}
