/**
 * The demo's service. It registers as {@code bikesvc}, shows its bikes, and rents each of
 * them under a lock of its own. What it rents stands in a database, which refuses those
 * who have lost their lock: one of this process alone, or in the demo one that its
 * instances share.
 */
@NullMarked
package io.roster.demo.bikesvc;

import org.jspecify.annotations.NullMarked;
