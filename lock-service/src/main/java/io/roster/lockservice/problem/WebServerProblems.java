package io.roster.lockservice.problem;

import lombok.RequiredArgsConstructor;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Makes the web server answer with problems too.
 */
@Component
@RequiredArgsConstructor
class WebServerProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final JsonMapper json;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addContextCustomizers(
				(context) -> context.getParent().getPipeline().addValve(new ProblemReportValve(this.json)));
		// An encoded slash reaches the API, which says which field may not have one.
		factory.addConnectorCustomizers(
				(connector) -> connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
	}

}
