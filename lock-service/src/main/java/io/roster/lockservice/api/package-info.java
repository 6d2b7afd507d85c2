/**
 * The REST API below {@code /api/v1}: reads requests, asks the
 * {@link io.roster.locks.LockQueues} and answers. Whatever decides about a lock does not
 * live here.
 */
@NullMarked
package io.roster.lockservice.api;

import org.jspecify.annotations.NullMarked;
