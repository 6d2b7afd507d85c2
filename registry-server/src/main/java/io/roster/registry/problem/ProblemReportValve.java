package io.roster.registry.problem;

import java.io.IOException;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What Tomcat refuses before a request reaches a servlet, such as a path that cannot be
 * decoded, in place of Tomcat's HTML page.
 */
@Slf4j
@RequiredArgsConstructor
class ProblemReportValve extends ErrorReportValve {

	private final JsonMapper json;

	@Override
	protected void report(Request request, Response response, @Nullable Throwable throwable) {
		int status = response.getStatus();
		if (status < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0
				|| !response.setErrorReported()) {
			return;
		}
		try {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.getOutputStream().write(this.json.writeValueAsBytes(Problem.ofStatus(status)));
			response.finishResponse();
		}
		catch (IOException ex) {
			log.debug("the client did not take the answer {}", status, ex);
		}
	}

}
