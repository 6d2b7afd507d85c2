package io.roster.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Refuses bodies that are too large: at once where their length is declared, else when
 * more than the limit has been read. What then becomes of the exception is the reader's,
 * which may wrap it or take it for a fault of the body's form; so it is only a mark that
 * counts, and it is looked at before anybody else explains the exception.
 */
final class BodyLimitFilter extends OncePerRequestFilter implements HandlerExceptionResolver, Ordered {

	private static final Logger log = LoggerFactory.getLogger(BodyLimitFilter.class);

	private static final String EXCEEDED = BodyLimitFilter.class.getName() + ".exceeded";

	private final long limit;

	private final Refusals refusals;

	BodyLimitFilter(DataSize limit, Refusals refusals) {
		this.limit = limit.toBytes();
		this.refusals = refusals;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length > this.limit) {
			this.refusals.write(response, Refusal.BODY_TOO_LARGE
				.because("The body has %d bytes, and %d are allowed.".formatted(length, this.limit)));
			return;
		}
		chain.doFilter((length < 0) ? new LimitedRequest(request, this.limit) : request, response);
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception cause) {
		if (request.getAttribute(EXCEEDED) == null) {
			return null;
		}
		try {
			this.refusals.write(response, Refusal.BODY_TOO_LARGE
				.because("The body has more than the %d bytes that are allowed.".formatted(this.limit)));
		}
		catch (IOException ex) {
			log.debug("the client did not take the answer", ex);
		}
		return new ModelAndView();
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	private static final class LimitedRequest extends HttpServletRequestWrapper {

		private final long limit;

		LimitedRequest(HttpServletRequest request, long limit) {
			super(request);
			this.limit = limit;
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new LimitedStream(super.getInputStream(), this.limit, () -> setAttribute(EXCEEDED, true));
		}

		@Override
		public BufferedReader getReader() throws IOException {
			String encoding = getCharacterEncoding();
			return new BufferedReader(new InputStreamReader(getInputStream(),
					(encoding != null) ? Charset.forName(encoding) : StandardCharsets.UTF_8));
		}

	}

	private static final class LimitedStream extends ServletInputStream {

		private final ServletInputStream body;

		private final Runnable exceeded;

		private long left;

		LimitedStream(ServletInputStream body, long limit, Runnable exceeded) {
			this.body = body;
			this.left = limit;
			this.exceeded = exceeded;
		}

		@Override
		public int read() throws IOException {
			int read = this.body.read();
			count((read >= 0) ? 1 : 0);
			return read;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.body.read(bytes, offset, length);
			count(read);
			return read;
		}

		private void count(int read) throws IOException {
			this.left -= Math.max(read, 0);
			if (this.left < 0) {
				this.exceeded.run();
				throw new IOException("the body is too large");
			}
		}

		@Override
		public int available() throws IOException {
			return this.body.available();
		}

		@Override
		public boolean isFinished() {
			return this.body.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.body.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.body.setReadListener(listener);
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
