/**
 * The demo's service.
 */
@NullMarked
package io.roster.demo.bikesvc;

import org.jspecify.annotations.NullMarked;
