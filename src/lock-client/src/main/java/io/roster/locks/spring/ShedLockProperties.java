package io.roster.locks.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * ShedLock over the lock service.
 *
 * @param enabled whether there is a ShedLock provider, where the application has none
 */
@ConfigurationProperties("roster.locks.shedlock")
record ShedLockProperties(@DefaultValue("true") boolean enabled) {

}
