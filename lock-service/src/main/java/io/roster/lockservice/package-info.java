/**
 * The lock service: locks over REST, with leases and fencing tokens.
 */
@NullMarked
package io.roster.lockservice;

import org.jspecify.annotations.NullMarked;
