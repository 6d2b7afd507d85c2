package io.roster.locks.spring;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.roster.locks.OnDeadlock;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How the lock service is asked.
 *
 * @param enabled whether there is a lock client
 * @param urls base URLs of the replicas of the lock service, or of what balances over
 * them
 * @param owner who is shown as the holder of locks; by default the application's name,
 * the host and the process id
 * @param token what the application shows to be known by: an API key or a JSON Web Token.
 * One that changes is supplied by a {@link LockClientBuilderCustomizer}
 * @param ttl how long a lease lasts without a renewal, and so how long others wait for a
 * process that died
 * @param maxWait how long to wait for a lock where the caller does not say
 * @param onDeadlock whether an acquire that would wait in a cycle of owners who wait for
 * each other waits all the same, or is refused. The locks of a {@code LockRegistry} have
 * an owner for each thread; all others have the same one, which waits for itself where it
 * asks for a lock twice
 * @param renewed whether held locks are renewed in the background
 * @param connectTimeout how long to wait for a connection to a replica
 * @param answerTimeout how long a replica may take to answer, beyond the wait that it was
 * asked for
 * @param patience how long an acquire goes on while no replica answers, where its own
 * wait is shorter
 */
@ConfigurationProperties("roster.locks.client")
record LockClientProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("http://127.0.0.1:8770") List<URI> urls, @Nullable String owner, @Nullable String token,
		@DefaultValue("30s") Duration ttl, @Name("wait") @DefaultValue("10s") Duration maxWait,
		@DefaultValue("wait") OnDeadlock onDeadlock, @DefaultValue("true") boolean renewed,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("5s") Duration answerTimeout,
		@DefaultValue("10s") Duration patience) {

}
