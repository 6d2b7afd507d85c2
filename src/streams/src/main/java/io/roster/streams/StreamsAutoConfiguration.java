package io.roster.streams;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} of the streams. The application brings a
 * {@link TooSlow}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(StreamProperties.class)
public final class StreamsAutoConfiguration {

	@Bean
	EventStreams eventStreams(StreamProperties properties, TooSlow tooSlow, HttpServletRequest http,
			Environment environment, MeterRegistry meters) {
		return new EventStreams(properties, tooSlow, http, environment, meters);
	}

	@Bean
	FilterRegistrationBean<StreamBegin> streamBegin() {
		FilterRegistrationBean<StreamBegin> registration = new FilterRegistrationBean<>(new StreamBegin());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

}
