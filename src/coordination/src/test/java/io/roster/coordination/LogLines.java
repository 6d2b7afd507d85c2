package io.roster.coordination;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Logger logger;

	private LogLines(Logger logger) {
		this.logger = logger;
	}

	static LogLines of(Class<?> type) {
		LogLines log = new LogLines((Logger) LoggerFactory.getLogger(type));
		log.start();
		log.logger.addAppender(log);
		return log;
	}

	List<String> lines() {
		return this.lines;
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(event.getLevel() + " " + event.getFormattedMessage());
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
		stop();
	}

}
