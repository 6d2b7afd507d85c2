/**
 * What the web console needs besides the API. Its pages are in {@code static/}.
 */
@NullMarked
package io.roster.registry.console;

import org.jspecify.annotations.NullMarked;
