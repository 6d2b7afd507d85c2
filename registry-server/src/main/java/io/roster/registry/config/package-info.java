/**
 * The configuration of applications over HTTP: values where spring-cloud-zookeeper-config
 * reads them, and below Roster's own records who has written each one and what stood
 * there before.
 */
@NullMarked
package io.roster.registry.config;

import org.jspecify.annotations.NullMarked;
