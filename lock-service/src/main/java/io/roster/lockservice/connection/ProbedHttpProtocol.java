package io.roster.lockservice.connection;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1, with or without TLS, whose connections can be asked whether their
 * client is still there. Made by Tomcat, by its name.
 */
public final class ProbedHttpProtocol extends Http11NioProtocol {

	private static final Logger log = LoggerFactory.getLogger(ProbedHttpProtocol.class);

	/** For each response, in bytes and in characters. */
	@Override
	public int getDesiredBufferSize() {
		return ConnectionBuffers.SIZE;
	}

	/**
	 * The connections that are open now.
	 * @return a live view
	 */
	Collection<SocketWrapperBase<NioChannel>> connections() {
		return getEndpoint().getConnections();
	}

	/**
	 * Looks whether a client has closed a connection whose request waits. Never blocks: a
	 * read that finds nothing returns at once, and what it finds, a request that the
	 * client has sent ahead, stays in the connection's own buffer, where Tomcat finds it
	 * after the answer. (Behind such a request a close cannot be seen.) A connection that
	 * somebody works on is left alone: the work is done under its lock.
	 * @param connection a connection
	 * @param waits tells by a connection's id whether a call waits there
	 * @return the id of a connection that was closed, else an empty text
	 */
	static String findClosed(SocketWrapperBase<?> connection, Predicate<String> waits) {
		if (!connection.getLock().tryLock()) {
			return "";
		}
		try {
			if (!(connection.getCurrentProcessor() instanceof Processor processor) || !processor.isAsync()) {
				return "";
			}
			String id = processor.getRequest().getServletConnection().getConnectionId();
			return (waits.test(id) && isClosed(connection)) ? id : "";
		}
		finally {
			connection.getLock().unlock();
		}
	}

	private static boolean isClosed(SocketWrapperBase<?> connection) {
		try {
			connection.isReadyForRead();
			return connection.isClosed();
		}
		catch (IOException ex) {
			log.debug("A client has left while its call waited", ex);
			return true;
		}
	}

}
