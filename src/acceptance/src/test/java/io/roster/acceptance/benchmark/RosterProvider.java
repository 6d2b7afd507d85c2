package io.roster.acceptance.benchmark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.roster.coordination.Coordination;
import io.roster.coordination.Mirror;
import io.roster.coordination.MirrorOptions;
import io.roster.discovery.InstanceData;
import io.roster.discovery.Registrar;
import io.roster.discovery.Registration;

/**
 * Registers by Roster's registrar, and leaves as the starter does.
 */
final class RosterProvider implements Provider {

	/** The default. */
	static final String ROOT = "/servers";

	private final Registrar registrar;

	private final Map<Integer, Registration> registrations = new ConcurrentHashMap<>();

	private RosterProvider(Mirror mirror) {
		this.registrar = Registrar.over(mirror);
	}

	/** In an application that follows everybody. */
	static RosterProvider following(Coordination coordination) {
		return new RosterProvider(coordination.mirror(ROOT, MirrorOptions.withData()));
	}

	/** In an application that only registers. */
	static RosterProvider registering(Coordination coordination, String root) {
		return new RosterProvider(coordination.mirror(root, MirrorOptions.ownNodes()));
	}

	@Override
	public void start(int port) {
		this.registrations.put(port, this.registrar.register(Fixtures.SERVICE, InstanceData.at("127.0.0.1", port)));
	}

	@Override
	public void stop(int port) throws Exception {
		Registration registration = this.registrations.remove(port);
		if (registration == null) {
			throw new IllegalStateException("nothing was started at " + port);
		}
		registration.deregister().get(30, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.registrar.close();
	}

}
