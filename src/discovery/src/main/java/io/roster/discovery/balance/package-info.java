/**
 * Which instance gets the next request: a rule over whatever list its caller holds. No
 * connection, no Spring, no clock of its own.
 */
@NullMarked
package io.roster.discovery.balance;

import org.jspecify.annotations.NullMarked;
