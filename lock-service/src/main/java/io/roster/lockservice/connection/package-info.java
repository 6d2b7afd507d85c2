/**
 * Notices clients that close their connection while a call of theirs waits. Tomcat does
 * not read a connection while its request waits, and so it cannot tell; this package
 * looks once a second. It knows Tomcat and nothing of locks.
 */
@NullMarked
package io.roster.lockservice.connection;

import org.jspecify.annotations.NullMarked;
