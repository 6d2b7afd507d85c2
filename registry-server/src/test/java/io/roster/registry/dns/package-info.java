/**
 * The DNS server, as a resolver sees it.
 */
@NullMarked
package io.roster.registry.dns;

import org.jspecify.annotations.NullMarked;
