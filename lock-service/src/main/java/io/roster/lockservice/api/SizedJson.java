package io.roster.lockservice.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Says how long an answer is before it sends it. An answer whose length is not known is
 * sent in chunks, which takes a second write to the connection, and writes to connections
 * are what an answer costs most.
 */
@Component
@RequiredArgsConstructor
class SizedJson implements WebMvcConfigurer {

	private final JsonMapper json;

	@Override
	public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
		builder.withJsonConverter(new Converter(this.json));
	}

	private static final class Converter extends JacksonJsonHttpMessageConverter {

		Converter(JsonMapper json) {
			super(json);
		}

		@Override
		protected void writeInternal(Object value, ResolvableType type, HttpOutputMessage message,
				@Nullable Map<String, Object> hints) throws IOException {
			FastByteArrayOutputStream body = new FastByteArrayOutputStream();
			super.writeInternal(value, type, new Buffered(body, message.getHeaders()), hints);
			message.getHeaders().setContentLength(body.size());
			body.writeTo(message.getBody());
		}

	}

	private record Buffered(OutputStream body, HttpHeaders headers) implements HttpOutputMessage {

		@Override
		public OutputStream getBody() {
			return this.body;
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
