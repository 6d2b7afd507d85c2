package io.roster.streams;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name its {@code event:}
 * @param id its {@code id:}, with which a reader that comes back says what it has seen;
 * {@code null} for an event that changes nothing
 * @param data its {@code data:}, made when it is about to be written, as JSON
 */
public record StreamEvent(String name, @Nullable String id, Supplier<?> data) {
}
