package io.roster.lockservice.connection;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Keeps what a connection takes small. Thousands of calls may wait, and each keeps the
 * buffers of its connection: by Tomcat's defaults of 8 kB they were 100 kB for a call
 * whose request and answer have 300 bytes. What is larger than a buffer goes in parts.
 */
@Component
class ConnectionBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/** Bytes; more than nearly every request and answer of this API has. */
	static final int SIZE = 1024;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addConnectorCustomizers(ConnectionBuffers::keepSmall);
	}

	private static void keepSmall(Connector connector) {
		connector.setProperty("socket.appReadBufSize", Integer.toString(SIZE));
		connector.setProperty("socket.appWriteBufSize", Integer.toString(SIZE));
	}

}
