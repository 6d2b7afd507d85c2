/**
 * The instances for programs that know nothing but DNS. Off unless a port is set. It
 * reads the directory in memory, and knows no zone but its own.
 */
@NullMarked
package io.roster.registry.dns;

import org.jspecify.annotations.NullMarked;
