package io.roster.streams;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the streams of server-sent events.
 *
 * @param heartbeat how often a stream on which nothing happens says that it is alive
 * @param buffer how many events may wait for one slow reader; with one more its stream
 * ends with an event that says so
 */
@ConfigurationProperties("roster.stream")
public record StreamProperties(@DefaultValue("5s") Duration heartbeat, @DefaultValue("1024") int buffer) {

	public StreamProperties {
		if (buffer < 1) {
			throw new IllegalArgumentException("roster.stream.buffer must be at least 1, but is " + buffer);
		}
		if (heartbeat.toMillis() < 1) {
			throw new IllegalArgumentException("roster.stream.heartbeat must be at least 1ms, but is " + heartbeat);
		}
	}

}
