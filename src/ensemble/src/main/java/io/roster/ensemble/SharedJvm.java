package io.roster.ensemble;

import java.io.IOException;
import java.util.Properties;

import org.apache.jute.BinaryInputArchive;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
import org.apache.zookeeper.util.ServiceUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all members of one JVM share, because ZooKeeper keeps it in system properties and
 * static fields: who may end the process, the size of a request, how a configuration is
 * read.
 */
final class SharedJvm {

	/** The largest request or record, in bytes, that members accept: 4 MiB. */
	static final int JUTE_MAXBUFFER = 4 * 1024 * 1024;

	private static final String JUTE_PROPERTY = "jute.maxbuffer";

	private static final Logger log = LoggerFactory.getLogger(SharedJvm.class);

	private static boolean prepared;

	private SharedJvm() {
	}

	/**
	 * Reads a configuration as ZooKeeper does. One at a time: {@code standaloneEnabled}
	 * goes by a static field from where it is read to where it is used.
	 * @param properties the content of a {@code zoo.cfg}
	 * @return what ZooKeeper made of it
	 */
	static synchronized Parsed parse(Properties properties) throws IOException, ConfigException {
		prepare();
		QuorumPeerConfig parsed = new QuorumPeerConfig();
		parsed.parseProperties(properties);
		return new Parsed(parsed, parsed.isDistributed());
	}

	private static void prepare() {
		if (prepared) {
			return;
		}
		prepared = true;
		// Its default ends the JVM, and with it the application around the member.
		ServiceUtils.setSystemExitProcedure(RunningMember::exitRequested);
		raiseJuteMaxbuffer();
	}

	/**
	 * {@code jute.maxbuffer} has two readers. {@link BinaryInputArchive} reads the system
	 * property once, when it is loaded: what a server accepts, from clients and from
	 * other servers. Each client reads it when it is made: the largest answer that it
	 * accepts. Only the first is raised here, by setting the property for the moment of
	 * loading, so that a client in this JVM has the limit that it would have in any other
	 * one, and a test of that limit tests what happens in production. A property that is
	 * already set is left alone.
	 */
	private static void raiseJuteMaxbuffer() {
		if (System.getProperty(JUTE_PROPERTY) != null) {
			return;
		}
		System.setProperty(JUTE_PROPERTY, String.valueOf(JUTE_MAXBUFFER));
		int accepted;
		try {
			accepted = BinaryInputArchive.maxBuffer;
		}
		finally {
			System.clearProperty(JUTE_PROPERTY);
		}
		if (accepted < JUTE_MAXBUFFER) {
			log.warn(
					"Members of this JVM accept requests of {} bytes only, because a client was made before them; "
							+ "start them first, or start with -D{}={} for more",
					accepted, JUTE_PROPERTY, JUTE_MAXBUFFER);
		}
	}

	record Parsed(QuorumPeerConfig config, boolean distributed) {
	}

}
