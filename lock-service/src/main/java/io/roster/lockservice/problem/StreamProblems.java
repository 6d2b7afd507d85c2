package io.roster.lockservice.problem;

import io.roster.streams.TooSlow;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The problems with which a stream ends.
 */
@Configuration(proxyBeanMethods = false)
class StreamProblems {

	@Bean
	TooSlow tooSlow() {
		return Problem.READER_TOO_SLOW::because;
	}

}
