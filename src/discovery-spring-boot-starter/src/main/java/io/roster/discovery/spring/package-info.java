/**
 * Roster's discovery in a Spring Boot application: binds properties and beans, follows
 * the application's readiness and its shutdown, and stands behind Spring Cloud's
 * {@code DiscoveryClient} and load balancer. What a registration is and how a list is
 * kept does not live here but in {@link io.roster.discovery}.
 */
@NullMarked
package io.roster.discovery.spring;

import org.jspecify.annotations.NullMarked;
