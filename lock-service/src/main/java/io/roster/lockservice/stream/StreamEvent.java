package io.roster.lockservice.stream;

import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name its {@code event:}
 * @param id its {@code id:}, with which a reader that comes back says what it has seen;
 * {@code null} for an event that changes nothing
 * @param data its {@code data:}, to be written as JSON
 */
public record StreamEvent(String name, @Nullable String id, Object data) {
}
