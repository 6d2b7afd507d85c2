/**
 * The connection's credentials as properties of a Spring Boot application. All of Spring
 * is optional, and only this package may depend on it.
 */
@NullMarked
package io.roster.coordination.spring;

import org.jspecify.annotations.NullMarked;
