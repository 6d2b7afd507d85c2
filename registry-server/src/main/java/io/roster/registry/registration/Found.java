package io.roster.registry.registration;

import io.roster.coordination.Node;
import org.jspecify.annotations.Nullable;

/**
 * What stands of a registration.
 *
 * @param instance the znode of the instance, {@code null} if it is gone
 * @param recordPath where its record stands, {@code null} if it was not registered here
 * @param record the record, {@code null} if it is gone
 */
record Found(@Nullable Node instance, @Nullable String recordPath, @Nullable RegistrationRecord record) {
}
