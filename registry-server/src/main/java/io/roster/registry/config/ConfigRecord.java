package io.roster.registry.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a version, in a znode that is created by the transaction that writes
 * the value: so the znode's czxid is the value's mzxid, and its ctime the time.
 *
 * @param by who wrote it, {@code null} for a value that was found, by another program
 * @param value the value, {@code null} for a deletion
 * @param version of a value that was found: its mzxid
 * @param at of a value that was found: its mtime, in milliseconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConfigRecord(@Nullable String by, @Nullable String value, @Nullable String version, @Nullable Long at) {
}
