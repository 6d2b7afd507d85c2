/**
 * The demo's consumer. It calls {@code bikesvc} through the load balancer, shows what it
 * knows of its instances, and has a page on which one sees each instance's requests as
 * they happen.
 */
@NullMarked
package io.roster.demo.consumer;

import org.jspecify.annotations.NullMarked;
