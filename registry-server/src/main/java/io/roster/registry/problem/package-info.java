/**
 * Every error of the registry server as RFC 9457 {@code application/problem+json}: what
 * the API refuses, what Spring MVC refuses, and what the web server refuses before Spring
 * sees it. Nothing in here knows what a service is.
 */
@NullMarked
package io.roster.registry.problem;

import org.jspecify.annotations.NullMarked;
