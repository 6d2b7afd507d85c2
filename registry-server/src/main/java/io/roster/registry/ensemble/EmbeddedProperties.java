package io.roster.registry.ensemble;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The member that runs in this process where no
 * {@code spring.cloud.zookeeper.connect-string} is given.
 *
 * @param clientPort where it listens on loopback
 * @param dataDir where it keeps its data, which survives a restart
 */
@ConfigurationProperties("roster.embedded")
record EmbeddedProperties(@DefaultValue("2181") int clientPort, Path dataDir) {
}
