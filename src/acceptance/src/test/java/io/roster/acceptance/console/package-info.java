/**
 * The console in a real browser, against the running demo.
 */
@NullMarked
package io.roster.acceptance.console;

import org.jspecify.annotations.NullMarked;
