package io.roster.registry.service;

import java.io.IOException;
import java.io.OutputStream;

import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers with a list whose instances have been written before: they are sent as they
 * are. The length is known, so that the answer is not sent in chunks, which would take a
 * second write to the connection, the most costly part of a short answer.
 */
@Component
@RequiredArgsConstructor
class ServiceViewWriter implements WebMvcConfigurer {

	private final JsonMapper json;

	@Override
	public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
		builder.addCustomConverter(new Converter(this.json));
	}

	private static final class Converter extends AbstractHttpMessageConverter<ServiceView> {

		/** How a view without instances ends; they stand between the brackets. */
		private static final int END = "[]}".length();

		private final JsonMapper json;

		Converter(JsonMapper json) {
			super(MediaType.APPLICATION_JSON);
			this.json = json;
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == ServiceView.class;
		}

		@Override
		protected boolean canRead(@Nullable MediaType type) {
			return false;
		}

		@Override
		protected ServiceView readInternal(Class<? extends ServiceView> type, HttpInputMessage message) {
			throw new HttpMessageNotReadableException("a view is not read", message);
		}

		@Override
		protected void writeInternal(ServiceView view, HttpOutputMessage message) throws IOException {
			byte[] head = this.json.writeValueAsBytes(view.withInstances(InstanceList.NONE));
			byte[] instances = view.instances().bytes();
			message.getHeaders().setContentLength(head.length - END + instances.length + 1);
			OutputStream body = message.getBody();
			body.write(head, 0, head.length - END);
			body.write(instances);
			body.write('}');
		}

	}

}
