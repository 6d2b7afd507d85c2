/**
 * The demo's service. It registers as {@code bikesvc}, shows its bikes, and rents each of
 * them under a lock of its own. What it rents stands in a database of this process alone.
 */
@NullMarked
package io.roster.demo.bikesvc;

import org.jspecify.annotations.NullMarked;
