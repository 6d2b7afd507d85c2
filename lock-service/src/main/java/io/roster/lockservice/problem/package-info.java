/**
 * Every error of the lock service as RFC 9457 {@code application/problem+json}: what the
 * API refuses, what Spring MVC refuses, and what the web server refuses before Spring
 * sees it. Nothing in here knows what a lock is.
 */
@NullMarked
package io.roster.lockservice.problem;

import org.jspecify.annotations.NullMarked;
